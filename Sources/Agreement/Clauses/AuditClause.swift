// SPDX-License-Identifier: Apache-2.0

/// Lets a party look into another's records.
package struct AuditClause: Sendable, Equatable {
    /// The party that may look.
    package var auditor: String
    /// The party whose records are looked into.
    package var audited: String
    /// The clauses that it is about; empty means all.
    package var covers: [String]
    /// How many milliseconds before an audit it must be announced.
    package var noticeMilliseconds: Int64
    /// How often in a calendar year; `nil` means without limit.
    package var perYear: Int?
    /// How many months back.
    package var lookbackMonths: Int
    /// How long records are kept, in months; at least the lookback.
    package var retentionMonths: Int
    /// From which underpayment on the audited party pays for the audit; `nil` means never.
    package var tolerance: Percentage?

    package init(
        auditor: String, audited: String, covers: [String], noticeMilliseconds: Int64, perYear: Int?,
        lookbackMonths: Int, retentionMonths: Int, tolerance: Percentage?
    ) {
        self.auditor = auditor
        self.audited = audited
        self.covers = covers
        self.noticeMilliseconds = noticeMilliseconds
        self.perYear = perYear
        self.lookbackMonths = lookbackMonths
        self.retentionMonths = retentionMonths
        self.tolerance = tolerance
    }
}
