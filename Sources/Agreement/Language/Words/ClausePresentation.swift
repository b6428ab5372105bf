// SPDX-License-Identifier: Apache-2.0

/// Everything about a clause that a reader should see: what it means in words, and each field, also those that the file
/// leaves out.
package struct ClausePresentation: Sendable, Equatable {
    /// One field.
    package struct Field: Sendable, Equatable {
        /// The key.
        package var name: String
        /// The value, as written or as its default would be written, in YAML's flow style.
        package var value: String
        /// Whether the file leaves the field out and a default holds.
        package var isDefault: Bool
        /// Whether the paper is silent on it and the file's author assumed the value.
        package var isAssumed: Bool
        /// What the key means, in one sentence.
        package var summary: String
    }

    /// The clause's identifier.
    package var id: String
    /// Its kind as written.
    package var kind: String
    /// What the kind means, in one sentence.
    package var kindSummary: String
    /// What the clause means as it is read, one sentence an item.
    package var words: [String]
    /// The fields of its kind and those of every clause, in the order of the documentation; without the words of the
    /// paper and their source, which the clause has itself.
    package var fields: [Field]

    /// Presents a clause.
    ///
    /// - Parameters:
    ///   - clause: the clause.
    ///   - instrument: the instrument that gave it its words.
    ///   - document: the agreement of both.
    package init(of clause: Clause, from instrument: Instrument, in document: AgreementDocument) {
        id = clause.id
        kind = clause.kind.name
        words = clause.words(in: document)
        let written = instrument.written[clause.id]?.values ?? [:]
        let clauseKind = ClauseKind.all.first { $0.name == clause.kind.name }
        kindSummary = clauseKind?.summary ?? ""
        fields = (clauseKind.map { ClauseReading.table(of: $0).fields } ?? []).compactMap { field in
            guard !Self.shownElsewhere.contains(field.name), let value = written[field.name] ?? field.written else {
                return nil
            }
            return Field(
                name: field.name, value: value, isDefault: written[field.name] == nil,
                isAssumed: clause.assumed.contains(field.name), summary: field.summary)
        }
    }

    /// Presents the clause of a period, with the sentence on when it is in force.
    ///
    /// - Parameters:
    ///   - period: a period of the document's consolidation.
    ///   - document: the agreement.
    /// - Returns: the presentation; `nil` where the document has no such instrument.
    package static func of(_ period: ClausePeriod, in document: AgreementDocument) -> ClausePresentation? {
        guard let instrument = document.instruments.first(where: { $0.id == period.instrument }) else { return nil }
        var presentation = ClausePresentation(of: period.clause, from: instrument, in: document)
        presentation.words = period.words(in: document)
        return presentation
    }

    private static let shownElsewhere: Set<String> = ["id", "kind", "text", "source", "assumed"]
}
