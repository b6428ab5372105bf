// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension Explanation.MigrationLine {
    /// What the migrations of a plan's workload do to a request that was admitted at an instant.
    static func lines(
        of plan: Plan, decision: Decision, at: Instant, now: Instant, bucket: UInt16?
    ) -> [Explanation.MigrationLine] {
        let running = plan.mover(at: at)
        let movers = plan.movers.enumerated().map { index, mover in
            let percent = mover.migration.percent(at: at)
            let verdict: String
            if !mover.holds(at: at) {
                verdict = "moves nothing: evidence \(mover.evidence) does not hold"
            } else if percent == 0 {
                verdict = "moves nothing now"
            } else if index != running {
                let first = running.map { plan.movers[$0].migration.id } ?? ""
                verdict = "moves nothing: the migration \(first) was opened before it"
            } else {
                verdict = Self.verdict(on: bucket, percent: percent, decision: decision)
            }
            return (mover.migration, verdict)
        }
        let idle = plan.idleMigrations.map { ($0.migration, "moves nothing: \($0.reason)") }
        return (movers + idle).filter { $0.0.closed.map { $0 > at } ?? true }
            .sorted { $0.0.openedBy < $1.0.openedBy }
            .map { migration, verdict in
                Explanation.MigrationLine(
                    migration: migration.id, from: migration.opening.from, to: migration.opening.to,
                    ground: migration.opening.ground.name, percent: migration.percent(at: at), verdict: verdict)
            }
    }

    private static func verdict(on bucket: UInt16?, percent: Int, decision: Decision) -> String {
        guard let bucket else { return "moves \(percent) percent of such requests" }
        let part = "part \(bucket) of \(MigrationBucket.count)"
        guard Int(bucket) < percent * MigrationBucket.perPercent else {
            return "leaves this request, \(part), where it was"
        }
        let isListed = (0..<decision.count).contains { decision[$0].flags.contains(.migrated) }
        return isListed
            ? "moves this request, \(part)"
            : "would move this request, \(part), and nothing of its target may be used"
    }
}
