// SPDX-License-Identifier: Apache-2.0

extension AuditClause {
    func words(_ wording: Wording) -> [String] {
        let subject = covers.isEmpty ? "" : " on \(Wording.list(covers))"
        let often = perYear.map { ", at most \(Wording.count(Int64($0), "time")) a year" } ?? ""
        let (looking, kept) = (wording.party(auditor), wording.party(audited))
        return [
            "\(looking) may look into the records of \(kept)\(subject), "
                + "\(Wording.duration(noticeMilliseconds)) after announcing it\(often).",
            "It may look back \(Wording.count(Int64(lookbackMonths), "month")); \(kept) keeps the records for "
                + "\(Wording.count(Int64(retentionMonths), "month")).",
            tolerance.map { "\(kept) pays for the audit where it finds that \($0) or more was underpaid." }
                ?? "\(looking) pays for the audit.",
        ]
    }
}
