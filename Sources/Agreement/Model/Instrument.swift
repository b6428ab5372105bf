// SPDX-License-Identifier: Apache-2.0

/// One signed paper of an agreement.
package struct Instrument: Sendable, Equatable {
    /// What a paper is; only some kinds change terms.
    package enum Kind: String, Sendable, CaseIterable {
        /// Founds the agreement, or a further phase of it, with clauses of its own.
        case agreement
        /// Changes clauses by operations on their identifiers.
        case amendment
    }

    /// The identifier, unique in its agreement.
    package var id: String
    package var kind: Kind
    /// The title for people.
    package var title: String?
    /// For an amendment: the instrument that it amends.
    package var amends: String?
    /// When it was signed; the same as `effective` where the file is silent.
    package var signed: Instant
    /// From when it changes decisions.
    package var effective: Instant
    /// Which of two instruments that touch one clause at one instant goes later; higher wins.
    package var precedence: Int?
    /// A draft is read by `check` alone and never adopted.
    package var isDraft: Bool
    /// What it does to the clauses; an agreement's `clauses` are read as `add` operations.
    package var operations: [Operation]
    /// Sentences of the paper that have no clause kind yet, kept word for word.
    package var statements: [Statement]
    /// Where the text of the paper was found.
    package var source: Source?

    package init(
        id: String, kind: Kind, title: String?, amends: String?, signed: Instant, effective: Instant,
        precedence: Int?, isDraft: Bool, operations: [Operation], statements: [Statement], source: Source?
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.amends = amends
        self.signed = signed
        self.effective = effective
        self.precedence = precedence
        self.isDraft = isDraft
        self.operations = operations
        self.statements = statements
        self.source = source
    }

    /// One change to the clauses of the agreement.
    package enum Operation: Sendable, Equatable {
        /// A clause with an identifier that is not in force yet.
        case add(Clause)
        /// New words for the clause with the same identifier.
        case replace(Clause)
        /// The clause with this identifier ends.
        case end(String)
    }
}
