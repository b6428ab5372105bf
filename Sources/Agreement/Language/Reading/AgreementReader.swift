// SPDX-License-Identifier: Apache-2.0

/// Reads agreements.
package enum AgreementReader {
    /// Reads an agreement from its file.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for diagnostics.
    /// - Returns: the agreement, or what is wrong with it.
    package static func read(bytes: [UInt8], file: String) -> AgreementReading {
        read(StrictYAML.read(bytes, file: file))
    }

    private static func read(_ yaml: StrictYAMLReading, mayLackInstruments: Bool = false) -> AgreementReading {
        let context = ReadingContext(
            yaml.source, diagnostics: yaml.diagnostics, mayLackInstruments: mayLackInstruments)
        guard let root = yaml.root else {
            return AgreementReading(document: nil, diagnostics: context.diagnostics, canonical: nil)
        }
        let document = HeaderReading.read(root, context)
        guard let document, !context.hasErrors else {
            return AgreementReading(document: nil, diagnostics: context.diagnostics, canonical: nil)
        }
        return AgreementReading(
            document: document, diagnostics: context.diagnostics,
            canonical: CanonicalAgreement(of: root, instruments: document.instruments))
    }

    /// Rebuilds an agreement from the texts that were adopted, and from nothing else.
    ///
    /// Instruments are adopted one by one, so that what one of them names may only come with the next.
    ///
    /// - Parameters:
    ///   - header: ``CanonicalAgreement/header`` as adopted last.
    ///   - instruments: the texts of the adopted instruments, in any order.
    /// - Returns: the agreement; without one where a text is damaged.
    package static func readAdopted(header: String, instruments: [String]) -> AgreementReading {
        let named = instruments.enumerated().map { ("adopted instrument \($0.offset + 1)", $0.element) }
        var roots: [YAMLNode] = []
        for (name, text) in [("adopted header", header)] + named {
            let yaml = StrictYAML.read(Array(text.utf8), file: name, isCanonical: true)
            guard let root = yaml.root, root.entries != nil, yaml.diagnostics.isEmpty else {
                return AgreementReading(document: nil, diagnostics: yaml.diagnostics, canonical: nil)
            }
            roots.append(root)
        }
        let text = CanonicalText.document(header: roots[0], instruments: Array(roots.dropFirst()))
        return read(
            StrictYAML.read(Array(text.utf8), file: "adopted agreement", isCanonical: true), mayLackInstruments: true)
    }
}
