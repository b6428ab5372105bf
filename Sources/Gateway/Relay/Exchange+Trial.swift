// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension Exchange {
    /// Decides under the agreements on trial too, with the same evidence, and counts whether they say otherwise.
    ///
    /// Nothing of it is written down: the ledger holds what the adopted agreements said.
    func compareWithTrial(now: Instant) {
        let tried = slot.planned(features: features, surface: surface, at: at, under: snapshot, view: .shadow)
        let other = tried.plan.decide(
            windows: snapshot.facts.windows, at: at, now: now, own: brought(to: tried))
        loop.metrics.shadowDecisions += 1
        let change = LoopMetrics.ShadowChange(
            from: outcome(decision, of: planned), to: outcome(other, of: tried))
        guard change.from != change.to else { return }
        loop.metrics.shadowDifferences[change, default: 0] += 1
    }

    /// Where a decision sends the request first, and why; or why not.
    private func outcome(_ decision: Decision, of planned: WorkloadSlot.Planned) -> String {
        if let refusal = decision.refusal { return refusal.name }
        guard decision.count > 0 else { return "nowhere" }
        let first = decision[0]
        let cloud = planned.plan.table.deployments[Int(first.deployment)].cloud
        return first.flags.contains(.primary) ? cloud : "\(cloud) on \(first.groundName)"
    }
}
