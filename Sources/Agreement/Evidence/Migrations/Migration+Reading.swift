// SPDX-License-Identifier: Apache-2.0

extension Migration {
    /// The migrations among evidence that stands, in the order of their opening; reports that did not fit did nothing.
    package static func all(in people: [PeopleEvidence]) -> [Migration] {
        var found: [Migration] = []
        for record in people {
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
