// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Records

/// How much of what a majority-share clause is about went to its cloud in one period, by the ledger.
package struct MajorityMeasurement: Sendable, Codable, Equatable {
    /// As `agreement/clause`.
    package var clause: String
    package var cloud: String
    /// `requests` or `tokens`.
    package var of: String
    /// The period's first day, and the first day after it.
    package var from: String
    package var to: String
    /// What was counted there, and in all: requests that were served, or tokens that providers reported.
    package var there: UInt64
    package var whole: UInt64
    /// The share that the clause asks for.
    package var asked: String
    /// Whether the share was reached; `nil` where nothing was counted.
    package var isReached: Bool?
    /// Whether the period still runs.
    package var isRunning: Bool
}

extension FolderReading {
    /// The measurements of all majority-share clauses, by clause and period.
    ///
    /// A request is counted in the period of its admission, under the terms of that instant. Shares of spend need prices,
    /// which the ledger does not hold: such clauses are left out.
    ///
    /// - Parameter now: the instant at which it is asked.
    /// - Returns: one measurement for each clause and period in which something was counted.
    /// - Throws: `failed` where the folder can't be read.
    package func majorities(now: Instant) throws(ServiceError) -> [MajorityMeasurement] {
        let facts = try facts().facts
        var terms: [Terms] = []
        var begun: [RequestID: (workload: Workload, at: Instant)] = [:]
        var sums: [MajorityKey: MajoritySum] = [:]
        try forEachEntry { _, bytes throws(ServiceError) in
            switch try Self.read(bytes) {
            case .decision(let entry) where entry.number == 0 && !entry.isObserved:
                begun[entry.request] = (entry.workload, entry.at)
            case .placement(let entry):
                guard let (workload, at) = begun.removeValue(forKey: entry.request) else { break }
                let held = terms.last { $0.validFrom <= at && at < $0.validUntil }
                let inForce = held ?? facts.terms(at: at, includingObserved: true)
                if held == nil { terms.append(inForce) }
                inForce.count(entry, of: workload, at: at, into: &sums)
            case .refusal(let entry):
                begun[entry.request] = nil
            default:
                break
            }
            return true
        }
        return sums.sorted { ($0.key.clause, $0.key.from) < ($1.key.clause, $1.key.from) }.map { key, sum in
            sum.measurement(key, now: now)
        }
    }
}

/// A clause and one of its periods.
private struct MajorityKey: Hashable {
    var clause: String
    var from: CivilDate
}

private struct MajoritySum {
    var clause: PrimaryCloudClause
    var majority: PrimaryCloudClause.Majority
    var to: CivilDate
    var end: Instant
    var there: UInt64 = 0
    var whole: UInt64 = 0

    func measurement(_ key: MajorityKey, now: Instant) -> MajorityMeasurement {
        let needed = Int128(whole) * Int128(majority.share.partsPerBillion)
        return MajorityMeasurement(
            clause: key.clause, cloud: clause.cloud, of: majority.measure.rawValue, from: key.from.description,
            to: to.description, there: there, whole: whole, asked: majority.share.description,
            isReached: whole == 0 ? nil : Int128(there) * 1_000_000_000 >= needed, isRunning: now < end)
    }
}

extension Terms {
    /// Counts a placement for each majority-share clause that its request is about.
    fileprivate func count(
        _ entry: PlacementEntry, of workload: Workload, at: Instant, into sums: inout [MajorityKey: MajoritySum]
    ) {
        for index in clauses.indices {
            guard case .primaryCloud(let clause) = clauses[index].clause.kind, let majority = clause.majority,
                majority.measure != .spend, applies(index, to: workload)
            else { continue }
            let zone = agreements[clauses[index].agreement].days.zone
            let (first, next) = majority.period.days(around: zone.day(of: at))
            let key = MajorityKey(clause: reference(index), from: first)
            var sum =
                sums[key] ?? MajoritySum(clause: clause, majority: majority, to: next, end: zone.start(of: next))
            let counted: UInt64 =
                switch majority.measure {
                case .requests: entry.outcome == .served ? 1 : 0
                case .tokens: entry.usage.basis == .reported ? entry.usage.prompt + entry.usage.completion : 0
                case .spend: 0
                }
            sum.whole += counted
            if entry.attempts.last?.cloud == clause.cloud { sum.there += counted }
            sums[key] = sum
        }
    }
}
