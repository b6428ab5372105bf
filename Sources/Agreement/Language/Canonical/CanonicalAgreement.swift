// SPDX-License-Identifier: Apache-2.0

/// The texts of an agreement that adoption fixes.
///
/// They depend on what the file says alone: not on comments, white space, quotes, or the order of keys.
package struct CanonicalAgreement: Sendable, Equatable {
    /// The text of everything but the instruments.
    package let header: String
    /// The texts of the instruments, in the file's order.
    package let instruments: [CanonicalInstrument]

    init(of root: YAMLNode, instruments: [Instrument]) {
        let entries = root.entries ?? []
        let header = YAMLNode(.mapping(entries.filter { $0.key != "instruments" }), at: root.place)
        self.header = CanonicalText.text(of: header)
        let nodes = root.entry("instruments")?.value.items ?? []
        self.instruments = zip(instruments, nodes).map { instrument, node in
            CanonicalInstrument(id: instrument.id, isDraft: instrument.isDraft, text: CanonicalText.text(of: node))
        }
    }
}
