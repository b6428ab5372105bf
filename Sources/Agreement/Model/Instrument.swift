// SPDX-License-Identifier: Apache-2.0

/// One signed paper of an agreement.
package struct Instrument: Sendable, Equatable {
    /// What a paper is; only some kinds change terms.
    package enum Kind: String, Sendable, CaseIterable {
        /// Founds the agreement, or a further phase of it, with clauses of its own.
        case agreement
        /// Changes clauses by operations on their identifiers.
        case amendment
        /// A letter between parties beside an agreement, which adds clauses or changes some.
        case sideLetter = "side-letter"
        /// Says how words are read; it is kept and shown, and changes no term.
        case interpretation
        /// A memorandum or term sheet; it is kept and shown, and changes no term.
        case nonBinding = "non-binding"

        /// Whether a paper of this kind can put clauses in force, change or end them.
        package var changesTerms: Bool {
            switch self {
            case .agreement, .amendment, .sideLetter: true
            case .interpretation, .nonBinding: false
            }
        }
    }

    /// The identifier, unique in its agreement.
    package var id: String
    package var kind: Kind
    /// The title for people.
    package var title: String?
    /// For an amendment, and for a side letter that is one: the instrument that it amends.
    package var amends: String?
    /// When it was signed; the same as `effective` where the file is silent.
    package var signed: Instant
    /// From when it changes decisions.
    package var effective: Instant
    /// When it became known here; where the file is silent, when it was adopted or signed.
    package var recorded: Instant?
    /// Which of two instruments that touch one clause at one instant goes later; higher wins.
    package var precedence: Int?
    /// A draft is read by `check`, `diff` and shadow decisions, and never adopted.
    package var isDraft: Bool
    /// What it does to the clauses; an agreement's `clauses` are read as `add` operations.
    package var operations: [Operation]
    /// Clauses that a non-binding paper proposes: read so that they can be shown, and never in force.
    package var proposals: [Clause]
    /// Sentences of the paper that have no clause kind yet, kept word for word.
    package var statements: [Statement]
    /// Where the text of the paper was found.
    package var source: Source?

    package init(
        id: String, kind: Kind, title: String?, amends: String?, signed: Instant, effective: Instant,
        recorded: Instant? = nil, precedence: Int?, isDraft: Bool, operations: [Operation], proposals: [Clause] = [],
        statements: [Statement], source: Source?
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.amends = amends
        self.signed = signed
        self.effective = effective
        self.recorded = recorded
        self.precedence = precedence
        self.isDraft = isDraft
        self.operations = operations
        self.proposals = proposals
        self.statements = statements
        self.source = source
    }

    /// One change to the clauses of the agreement.
    package enum Operation: Sendable, Equatable {
        /// A clause with an identifier that is not in force yet.
        case add(Clause)
        /// New words for the clause with the same identifier.
        case replace(Clause)
        /// The clause with this identifier ends, with the instrument or at a later instant.
        case end(String, from: Instant?)
        /// The clause is out of force for a while.
        case suspend(Suspension)
        /// The suspension of the clause with this identifier is over, with the instrument or at a later instant.
        case resume(String, from: Instant?)
    }

    /// A time during which a clause is out of force, though it has not ended.
    package struct Suspension: Sendable, Equatable {
        /// The clause's identifier.
        package var clause: String
        /// From when; `nil` means when the instrument takes effect.
        package var from: Instant?
        /// Until when; `nil` means until the clause is resumed.
        package var until: Until?

        package init(clause: String, from: Instant?, until: Until?) {
            self.clause = clause
            self.from = from
            self.until = until
        }
    }
}
