// SPDX-License-Identifier: Apache-2.0

internal import Records
package import Store

extension FolderReading {
    /// How many entries are read back first, to find the newest requests.
    private static let entriesReadMin: UInt64 = 4_096

    /// The newest requests first.
    ///
    /// - Parameters:
    ///   - spillsOnly: only placements off the primary.
    ///   - outcome: only requests that ended so.
    ///   - limit: how many at most.
    /// - Returns: the rows of the requests.
    /// - Throws: `failed` where the folder can't be read.
    package func requests(spillsOnly: Bool, outcome: String?, limit: Int) throws(ServiceError) -> [RequestRow] {
        let isNotable = spillsOnly || outcome.map { $0 != PlacementEntry.Outcome.served.name } ?? false
        let next = try tables { tables throws(TableError) in try tables.nextIndex() }
        if isNotable {
            let listed = try tables { tables throws(TableError) in
                try tables.notableRequests(spillsOnly: spillsOnly, outcome: outcome, limit: limit)
            }
            // What the tables do not hold yet: a moment's entries, or all of them after an upgrade.
            let later = try requests(from: next).filter { row in
                (!spillsOnly || row.end?.isSpill == true) && (outcome == nil || row.end?.outcome == outcome)
            }
            return Array((later.reversed() + listed).prefix(limit))
        }
        var reach = max(Self.entriesReadMin, UInt64(limit) * 4)
        while true {
            let from = next > reach ? next - reach : 0
            var rows = try requests(from: from)
            if let outcome { rows.removeAll { $0.end?.outcome != outcome } }
            if rows.count >= limit || from == 0 { return Array(rows.suffix(limit).reversed()) }
            reach *= 4
        }
    }

    /// The requests that begin at an entry or behind it, oldest first.
    private func requests(from index: UInt64) throws(ServiceError) -> [RequestRow] {
        var rows: [RequestRow] = []
        var positions: [RequestID: Int] = [:]
        try forEachEntry(from: index) { index, bytes throws(ServiceError) in
            switch try Self.brief(bytes) {
            case .decision(let entry) where !entry.isObserved:
                if entry.number == 0 {
                    positions[entry.request] = rows.count
                    rows.append(RequestRow(entry, index: index))
                } else if let position = positions[entry.request] {
                    rows[position].lastDecision = index
                }
            case .decision:
                break
            case .placement(let entry):
                if let position = positions[entry.request] { rows[position].end = RequestRow.End(entry, index: index) }
            case .other:
                guard case .refusal(let entry) = try Self.read(bytes), let position = positions[entry.request] else {
                    return true
                }
                rows[position].end = RequestRow.End(entry, index: index)
            }
            return true
        }
        return rows
    }
}
