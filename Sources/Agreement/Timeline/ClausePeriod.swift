// SPDX-License-Identifier: Apache-2.0

/// A clause with a time during which its words are in force.
package struct ClausePeriod: Sendable, Equatable {
    package var clause: Clause
    /// The instrument that gave the clause these words.
    package var instrument: String
    /// The first instant.
    package var from: Instant
    /// The first instant after it; ``Instant/distantFuture`` where it is open.
    package var to: Instant

    package init(clause: Clause, instrument: String, from: Instant, to: Instant) {
        self.clause = clause
        self.instrument = instrument
        self.from = from
        self.to = to
    }

    /// Whether the clause is in force at an instant.
    package func contains(_ instant: Instant) -> Bool {
        from <= instant && instant < to
    }
}
