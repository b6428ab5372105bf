// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// The migrations that people opened, in the order of their opening; reports that did not fit did nothing.
    package var migrations: [Migration] {
        var found: [Migration] = []
        for record in standingEvidence {
            guard case .migration(let report) = record.subject else { continue }
            do throws(EvidenceError) {
                if let index = found.firstIndex(where: { $0.id == report.migration }) {
                    try found[index].take(report, recorded: record.recorded)
                } else {
                    found.append(try Migration(report, recorded: record.recorded, evidence: record.revision))
                }
            } catch {
                continue
            }
        }
        return found
    }
}
