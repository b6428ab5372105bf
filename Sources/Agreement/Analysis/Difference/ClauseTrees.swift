// SPDX-License-Identifier: Apache-2.0

/// The words of an agreement as trees of values, so that any kind of clause can be compared and printed by its fields.
struct ClauseTrees {
    /// The top of the file, without instruments.
    let header: YAMLNode?
    /// The instruments, by identifier.
    let instruments: [String: YAMLNode]

    init(_ canonical: CanonicalAgreement) {
        func root(_ text: String) -> YAMLNode? {
            StrictYAML.read(Array(text.utf8), file: "canonical text", isCanonical: true).root
        }
        header = root(canonical.header)
        instruments = Dictionary(
            canonical.instruments.compactMap { instrument in root(instrument.text).map { (instrument.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The clauses that an instrument gives words to, by identifier.
    func clauses(of instrument: String) -> [String: YAMLNode] {
        guard let root = instruments[instrument] else { return [:] }
        let own = root.entry("clauses")?.value.items ?? []
        let operations = (root.entry("operations")?.value.items ?? []).compactMap { operation in
            (operation.entry("add") ?? operation.entry("replace"))?.value
        }
        return Dictionary(
            (own + operations).compactMap { node in node.entry("id")?.value.text.map { ($0, node) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The statements of an instrument, by identifier.
    func statements(of instrument: String) -> [String: YAMLNode] {
        Dictionary(
            (instruments[instrument]?.entry("statements")?.value.items ?? []).compactMap { node in
                node.entry("id")?.value.text.map { ($0, node) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The keys that a clause of a kind may have, in the order in which they are documented.
    static func fields(ofKind name: String) -> [FieldDescription] {
        ClauseKind.all.first { $0.name == name }.map { ClauseReading.table(of: $0).fields } ?? []
    }
}
