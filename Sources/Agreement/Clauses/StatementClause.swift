// SPDX-License-Identifier: Apache-2.0

/// Says who states what is due, when, and how long it may be disputed.
package struct StatementClause: Sendable, Equatable {
    package var issuer: String
    package var recipient: String
    /// The clauses whose money is stated; empty means all between the two.
    package var covers: [String]
    package var period: SettlementPeriod
    /// How many milliseconds after the end of a period the statement is due.
    package var dueMilliseconds: Int64
    /// How many milliseconds after its issue a line may be disputed.
    package var disputableMilliseconds: Int64
    package var rounding: RoundingMode

    package init(
        issuer: String, recipient: String, covers: [String], period: SettlementPeriod, dueMilliseconds: Int64,
        disputableMilliseconds: Int64, rounding: RoundingMode
    ) {
        self.issuer = issuer
        self.recipient = recipient
        self.covers = covers
        self.period = period
        self.dueMilliseconds = dueMilliseconds
        self.disputableMilliseconds = disputableMilliseconds
        self.rounding = rounding
    }
}
