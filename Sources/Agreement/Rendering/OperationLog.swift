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
        Consolidation.ordered(document.instruments).filter { !$0.isDraft && $0.kind.changesTerms }.flatMap {
            instrument in
            let words = trees.clauses(of: instrument.id)
            return instrument.operations.map { operation in
                Line(
                    effective: operation.actsFrom(in: instrument), what: pastTense(operation.name),
                    instrument: instrument.id, clause: operation.clauseID,
                    words: operation.clause == nil ? nil : words[operation.clauseID])
            }
        }
    }

    private static func pastTense(_ verb: String) -> String {
        verb.hasSuffix("e") ? verb + "d" : verb + "ed"
    }
}
