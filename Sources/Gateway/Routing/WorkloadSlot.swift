// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Crypto
internal import Records

/// Which agreements a decision reads.
enum TermsView: Hashable {
    /// The ones that are enforced.
    case enforced
    /// Those that are only observed, too.
    case observed
    /// All of them, and the drafts that live traffic is decided under on trial.
    case shadow
}

/// What one event loop remembers of a key and a model, so that nothing is worked out twice.
final class WorkloadSlot {
    /// How many plans one slot keeps; a slot meets few mixes of features.
    static let plansMax = 64
    /// How many traces one plan remembers.
    static let tracesMax = 256

    /// A trace's hash.
    ///
    /// An object, because its key is large.
    final class KnownTrace {
        let key: TraceKey
        let hash: [UInt8]

        init(_ key: TraceKey, _ hash: [UInt8]) {
            self.key = key
            self.hash = hash
        }
    }

    /// A plan with what belongs to it.
    final class Planned {
        let planRevision: UInt64
        /// The workload as entries have it.
        let encodedWorkload: EncodedPart<Workload>
        let terms: Terms
        /// What decisions call the terms' clauses.
        let references: [String]
        let termsDigest: [UInt8]
        let plan: Plan
        var traces: [TraceKey: [UInt8]] = [:]
        /// The trace that was met last, which is most often the next one too.
        var lastTrace: KnownTrace?
        /// The targets of the plan's deployments, by their index, among those that were asked for last.
        private var known: (among: UpstreamTargets, targets: [UpstreamTarget?])?

        init(workload: Workload, snapshot: Snapshot, at: Instant, view: TermsView) {
            planRevision = snapshot.facts.planRevision
            encodedWorkload = EncodedPart(workload)
            terms =
                switch view {
                case .enforced: snapshot.facts.terms(at: at, includingObserved: false)
                case .observed: snapshot.facts.terms(at: at, includingObserved: true)
                case .shadow: (snapshot.shadow ?? snapshot.facts).terms(at: at, includingObserved: true)
                }
            references = terms.clauses.indices.map { [terms] in terms.reference($0) }
            termsDigest = terms.digest()
            plan = Plan(
                workload: workload, terms: terms, configuration: snapshot.facts.configuration, people: snapshot.people)
        }

        /// How a deployment of the plan is reached; `nil` where it is not.
        func target(of deployment: Int, among targets: UpstreamTargets) -> UpstreamTarget? {
            if let known, known.among === targets { return known.targets[deployment] }
            let found = plan.table.deployments.map { targets[$0.id] }
            known = (targets, found)
            return found[deployment]
        }

        /// Whether the plan holds for a request admitted at an instant under a snapshot.
        func holds(at: Instant, under snapshot: Snapshot) -> Bool {
            planRevision == snapshot.facts.planRevision && at >= plan.validFrom && at < plan.validUntil
        }
    }

    private struct PlanKey: Hashable {
        var features: FeatureSet
        var surface: Surface
        var view: TermsView
    }

    private let base: Workload
    private var plans: [PlanKey: Planned] = [:]
    /// The plan that was asked for last, which is most often the next one too.
    private var last: (key: PlanKey, plan: Planned)?

    init(key: VirtualKey, model: String, publisher: String) {
        var base = Workload(key.dimensions)
        base[.model] = model
        base[.publisher] = publisher
        self.base = base
    }

    /// The plan for a request of this slot.
    func planned(
        features: FeatureSet, surface: Surface, at: Instant, under snapshot: Snapshot, view: TermsView = .enforced
    ) -> Planned {
        let key = PlanKey(features: features, surface: surface, view: view)
        if let last, last.key == key, last.plan.holds(at: at, under: snapshot) { return last.plan }
        if let known = plans[key], known.holds(at: at, under: snapshot) {
            last = (key, known)
            return known
        }
        var workload = base
        workload.features = features
        workload.surface = surface
        let made = Planned(workload: workload, snapshot: snapshot, at: at, view: view)
        if plans.count >= Self.plansMax { plans.removeAll(keepingCapacity: true) }
        plans[key] = made
        last = (key, made)
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
        if let lastTrace, lastTrace.key == key { return lastTrace.hash }
        if let known = traces[key] {
            lastTrace = WorkloadSlot.KnownTrace(key, known)
            return known
        }
        let bytes = plan.trace(decision, terms: terms, windows: windows, at: at, now: now, own: own).objectBytes()
        let hash = Array(SHA256.hash(data: bytes))
        if traces.count >= WorkloadSlot.tracesMax { traces.removeAll(keepingCapacity: true) }
        traces[key] = hash
        store(bytes, hash)
        return hash
    }
}
