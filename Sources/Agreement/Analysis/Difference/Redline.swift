// SPDX-License-Identifier: Apache-2.0

/// What the words of agreements have become.
package struct Redline: Sendable, Equatable {
    /// A field with its words before and after.
    package struct FieldChange: Sendable, Equatable {
        /// The key, such as `lead`, or a path, such as `clouds.oracle`.
        package var field: String
        /// The words, on one line; `nil` where there were none.
        package var before: String?
        package var after: String?
    }

    /// What became of a clause or an instrument.
    package enum Fate: String, Sendable, CaseIterable {
        case added
        /// Not there, without an instrument that ended it.
        case removed
        /// Ended by an instrument, or over by its own terms.
        case ended
        /// Out of force for a while, by an instrument.
        case suspended
        /// In force again after a suspension.
        case resumed
        case changed
    }

    /// One clause, or one instrument, with what became of it.
    package struct Change: Sendable, Equatable {
        package var fate: Fate
        /// `agreement/clause`, or the instrument's identifier.
        package var subject: String
        /// The clause's kind; `instrument` for an instrument.
        package var kind: String
        /// The instruments that gave the words, before and after; empty where there are none.
        package var instrumentBefore: String
        package var instrumentAfter: String
        /// The fields: all of them where the clause is new or gone, else those that changed.
        package var fields: [FieldChange]
        /// For a clause that ended, or is suspended: since when.
        package var endedAt: Instant?
        /// For a clause that is suspended: until when; ``Instant/distantFuture`` where until it is resumed.
        package var suspendedUntil: Instant?
        /// For a clause that is in force again: since when.
        package var resumedAt: Instant?
    }

    /// Changes of what stands above the instruments.
    package var header: [FieldChange]
    /// Instruments that are there on one side alone, or whose own fields changed; empty between two instants.
    package var instruments: [Change]
    /// Clauses, by agreement and identifier.
    package var clauses: [Change]

    /// Whether nothing changed.
    package var isEmpty: Bool { header.isEmpty && instruments.isEmpty && clauses.isEmpty }
}
