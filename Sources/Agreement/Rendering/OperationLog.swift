// SPDX-License-Identifier: Apache-2.0

/// What the instruments of an agreement did to its clauses, from their own words.
enum OperationLog {
    /// One operation.
    struct Line {
        var effective: Instant
        /// Such as `added`, `replaced` or `ended`.
        var what: String
        var instrument: String
        var clause: String
        /// The words that it gave; `nil` where it gave none.
        var words: YAMLNode?
    }

    /// Everything that was done to a clause, in the order in which the instruments act.
    static func lines(of clause: String, in document: AgreementDocument, _ trees: ClauseTrees) -> [Line] {
        lines(in: document, trees).filter { $0.clause == clause }
    }

    /// Everything that was done to any clause, in the order in which the instruments act.
    static func lines(in document: AgreementDocument, _ trees: ClauseTrees) -> [Line] {
        Consolidation.ordered(document.instruments).filter { !$0.isDraft && $0.actsOnClauses }.flatMap { instrument in
            let root = trees.instruments[instrument.id]
            let own = (root?.entry("clauses")?.value.items ?? []).map { ("add", $0) }
            let operations = (root?.entry("operations")?.value.items ?? []).flatMap { $0.entries ?? [] }
                .map { ($0.key, $0.value) }
            return (own + operations).compactMap { verb, node -> Line? in
                guard let id = node.text ?? node.entry("id")?.value.text else { return nil }
                return Line(
                    effective: instrument.effective, what: pastTense(verb), instrument: instrument.id, clause: id,
                    words: node.text == nil ? node : nil)
            }
        }
    }

    private static func pastTense(_ verb: String) -> String {
        verb.hasSuffix("e") ? verb + "d" : verb + "ed"
    }
}

extension Instrument {
    /// Whether papers of the kind can change terms: what only explains, or binds nobody, is kept and shown alone.
    var actsOnClauses: Bool {
        !["interpretation", "non-binding"].contains(kind.rawValue)
    }
}
