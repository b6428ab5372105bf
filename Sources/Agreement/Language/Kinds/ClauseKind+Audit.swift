// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let audit: ClauseKind = {
        let months = ValueType<Int64>.integer(1...600).map { Int($0) }
        let auditor = Field.required("auditor", .reference(.party), "the party that may look.")
        let audited = Field.required("audited", .reference(.party), "the party whose records are looked into.")
        let covers = Field.defaulted(
            "covers", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("all", []), to: [],
            written: "all", "the clauses that it is about.")
        let notice = Field.required(
            "notice", ValueType<Int64>.duration(3_600_000...366 * 86_400_000),
            "how long before an audit it must be announced.")
        let perYear = Field.defaulted(
            "per_year", ValueType<Int64>.integer(1...12).map { Int($0) }.orNothing("unlimited"), to: nil,
            written: "unlimited", "how often in a calendar year.")
        let lookback = Field.required("lookback_months", months, "how many months back.")
        let retention = Field.required(
            "retention_months", months, "how long records are kept; at least the lookback.")
        let tolerance = Field.defaulted(
            "tolerance", ValueType<Percentage>.share.orNothing("none"), to: nil, written: "none",
            "from which underpayment on the audited party pays for the audit.")
        return ClauseKind(
            name: "audit", summary: "Lets a party look into another's records.",
            fields: [
                auditor.description, audited.description, covers.description, notice.description,
                perYear.description, lookback.description, retention.description, tolerance.description,
            ]
        ) { mapping in
            let readAuditor = mapping.value(auditor)
            let readAudited = mapping.value(audited)
            let readCovers = mapping.value(covers)
            let readNotice = mapping.value(notice)
            let readPerYear = mapping.value(perYear)
            let readLookback = mapping.value(lookback)
            let readRetention = mapping.value(retention)
            let readTolerance = mapping.value(tolerance)
            guard let readAuditor, let readAudited, let readCovers, let readNotice, let readPerYear,
                let readLookback, let readRetention, let readTolerance
            else { return nil }
            if readAuditor == readAudited {
                mapping.refuseSameParty(in: "auditor", and: "audited", offending: readAudited)
            }
            if readRetention < readLookback {
                mapping.context.error(
                    .retentionTooShort, at: mapping.place(of: "retention_months"), offending: "\(readRetention)",
                    message: "records are gone before they can be looked into: the lookback is \(readLookback) months",
                    expected: "at least \(readLookback) months", mend: "check both numbers")
            }
            return .audit(
                AuditClause(
                    auditor: readAuditor, audited: readAudited, covers: readCovers, noticeMilliseconds: readNotice,
                    perYear: readPerYear, lookbackMonths: readLookback, retentionMonths: readRetention,
                    tolerance: readTolerance))
        }
    }()
}
