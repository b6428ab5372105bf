// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Crypto
internal import Records

/// What one event loop remembers of a key and a model, so that nothing is worked out twice.
final class WorkloadSlot {
    /// How many plans one slot keeps; a slot meets few mixes of features.
    static let plansMax = 64
    /// How many traces one plan remembers.
    static let tracesMax = 256

    /// A plan with what belongs to it.
    final class Planned {
        let planRevision: UInt64
        let workload: Workload
        let terms: Terms
        let termsDigest: [UInt8]
        let plan: Plan
        var traces: [TraceKey: [UInt8]] = [:]

        init(workload: Workload, snapshot: Snapshot, at: Instant, includingObserved: Bool) {
            planRevision = snapshot.facts.planRevision
            self.workload = workload
            terms = snapshot.facts.terms(at: at, includingObserved: includingObserved)
            termsDigest = terms.digest()
            plan = Plan(
                workload: workload, terms: terms, configuration: snapshot.facts.configuration, people: snapshot.people)
        }

        /// Whether the plan holds for a request admitted at an instant under a snapshot.
        func holds(at: Instant, under snapshot: Snapshot) -> Bool {
            planRevision == snapshot.facts.planRevision && at >= plan.validFrom && at < plan.validUntil
        }
    }

    private struct PlanKey: Hashable {
        var features: FeatureSet
        var surface: Surface
        var includesObserved: Bool
    }

    private let base: Workload
    private var plans: [PlanKey: Planned] = [:]

    init(key: VirtualKey, model: String, publisher: String) {
        var base = Workload(key.dimensions)
        base[.model] = model
        base[.publisher] = publisher
        self.base = base
    }

    /// The plan for a request of this slot.
    func planned(
        features: FeatureSet, surface: Surface, at: Instant, under snapshot: Snapshot, includingObserved: Bool
    ) -> Planned {
        let key = PlanKey(features: features, surface: surface, includesObserved: includingObserved)
        if let known = plans[key], known.holds(at: at, under: snapshot) { return known }
        var workload = base
        workload.features = features
        workload.surface = surface
        let made = Planned(workload: workload, snapshot: snapshot, at: at, includingObserved: includingObserved)
        if plans.count >= Self.plansMax { plans.removeAll(keepingCapacity: true) }
        plans[key] = made
        return made
    }
}

extension WorkloadSlot.Planned {
    /// The hash of a decision's trace, which is stored when it is met for the first time.
    func traceHash(
        _ decision: Decision, windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals,
        store: (_ bytes: [UInt8], _ hash: [UInt8]) -> Void
    ) -> [UInt8] {
        let key = plan.traceKey(decision, windows: windows, at: at, now: now, own: own)
        if let known = traces[key] { return known }
        let bytes = plan.trace(decision, terms: terms, windows: windows, at: at, now: now, own: own).objectBytes()
        let hash = Array(SHA256.hash(data: bytes))
        if traces.count >= WorkloadSlot.tracesMax { traces.removeAll(keepingCapacity: true) }
        traces[key] = hash
        store(bytes, hash)
        return hash
    }
}
