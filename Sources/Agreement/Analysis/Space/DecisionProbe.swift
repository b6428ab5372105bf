// SPDX-License-Identifier: Apache-2.0

/// Decides requests under some terms, each with every kind of evidence, by the same functions as a gateway.
struct DecisionProbe {
    /// One decision and what it was made from.
    struct Answer {
        let variant: EvidenceVariant
        let plan: Plan
        let decision: Decision
        let table: DeploymentTable
        let windows: [CapacityWindow]
        let own: OwnSignals

        /// The same answer under other evidence that comes to the same.
        func under(_ variant: EvidenceVariant) -> Answer {
            Answer(variant: variant, plan: plan, decision: decision, table: table, windows: windows, own: own)
        }
    }

    /// The answers to one request, by the variants of the evidence.
    struct Answers {
        /// Equal for requests that have equal answers; `nil` where that is not known.
        let number: Int?
        let all: [Answer]
    }

    let terms: Terms
    let deployments: AnalysisDeployments
    private let evidence: EvidenceSpace
    /// An instant within the terms' time, at which everything is decided.
    let at: Instant
    private var configurations: [String: PlacementConfiguration] = [:]
    /// The dimensions that clauses read beside their selectors, and the model.
    private let readDimensions: [Dimension]
    private var known: [Key: Answers] = [:]
    /// How many answers are remembered.
    private static let knownMax = 4_096
    /// A lane that has refused as often as any clause may ask, and that may be called again at once.
    private let refusedLane: CapacityWindow

    init(_ terms: Terms, deployments: AnalysisDeployments, evidence: EvidenceSpace, at: Instant) {
        self.terms = terms
        self.deployments = deployments
        self.evidence = evidence
        self.at = at
        let read = terms.clauses.flatMap { $0.clause.namedValues(clouds: []).map(\.0) }
        readDimensions = Dimension.allCases.filter { $0 == .model || read.contains($0) }
        var refused = CapacityWindow()
        for revision in 1...CapacityWindow.signalsMax {
            refused.record(.noCapacity, at: at, retryAfterMilliseconds: 0, speed: 1, revision: UInt64(revision))
        }
        refusedLane = refused
    }

    /// The answers to one request.
    mutating func answers(_ workload: Workload) -> Answers {
        let model = workload[.model]
        let configuration =
            configurations[model] ?? PlacementConfiguration(deployments: deployments.table(model: model))
        configurations[model] = configuration
        let quiet = Plan(workload: workload, terms: terms, configuration: configuration, people: [])
        let key = Key(quiet, workload, read: readDimensions)
        if let known = known[key] { return known }
        let isKept = known.count < Self.knownMax
        let answers = Answers(
            number: isKept ? known.count : nil,
            all: answers(workload, quiet: quiet, configuration: configuration))
        if isKept { known[key] = answers }
        return answers
    }

    private func answers(_ workload: Workload, quiet: Plan, configuration: PlacementConfiguration) -> [Answer] {
        let (model, table) = (workload[.model], configuration.deployments)
        let concern = Concern(quiet, terms: terms)
        var plans: [EvidenceVariant: Plan] = [:]
        var found: [EvidenceVariant: Answer] = [:]
        return evidence.variants.map { variant in
            // Evidence that no clause about the request asks for leaves the answer as it is without.
            let read = EvidenceVariant(
                grounds: variant.grounds.intersection(concern.grounds), isLaunched: variant.isLaunched && concern.waits,
                isExceeded: variant.isExceeded && concern.readsMeters)
            if let known = found[read] { return known.under(variant) }
            var recorded = read
            recorded.grounds.formIntersection(.declined)
            let people = people(recorded, workload: workload, clouds: concern.clouds)
            let plan =
                people.isEmpty
                ? quiet
                : plans[recorded]
                    ?? Plan(workload: workload, terms: terms, configuration: configuration, people: people)
            plans[recorded] = plan
            let (windows, own) = signals(read, table: table, model: model, clouds: concern.clouds)
            let decision = plan.decide(windows: windows, at: at, now: at, own: own)
            let answer = Answer(
                variant: variant, plan: plan, decision: decision, table: table, windows: windows, own: own)
            found[read] = answer
            return answer
        }
    }

    /// What an answer depends on: the clauses that are about the request, what they read of it, and its features.
    private struct Key: Hashable {
        private struct Line: Hashable {
            var clause: Int
            var saying: Plan.Consulted.Saying
            var carveOut: String?
        }

        private let lines: [Line]
        private let values: [String]
        private let features: FeatureSet

        init(_ plan: Plan, _ workload: Workload, read: [Dimension]) {
            lines = plan.consulted.filter { $0.saying != .otherWorkload }.map {
                Line(clause: $0.clause, saying: $0.saying, carveOut: $0.carveOut)
            }
            values = read.map { workload[$0] }
            features = workload.features
        }
    }

    /// What the clauses that are about a request ask of evidence.
    private struct Concern {
        /// The clouds about which evidence may let the request go.
        var clouds: [String] = []
        var grounds: GroundSet = []
        /// Whether a clause waits for a launch.
        var waits = false
        /// Whether a clause reads a meter.
        var readsMeters = false

        init(_ plan: Plan, terms: Terms) {
            var clouds = Set([plan.home].compactMap { $0 })
            for line in plan.consulted where line.saying == .binds || line.saying == .runsEmbargo {
                let clause = terms.clauses[line.clause].clause
                clouds.formUnion([clause.groundCloud].compactMap { $0 })
                for ground in clause.namedGrounds { grounds.insert(GroundSet(ground)) }
                waits = waits || clause.waitsForLaunch
            }
            self.clouds = clouds.sorted()
            readsMeters = plan.consulted.contains { $0.saying == .readsMeter }
        }
    }

    /// What people recorded: long enough ago that every notice and lead has passed.
    private func people(
        _ variant: EvidenceVariant, workload: Workload, clouds: [String]
    ) -> [PeopleEvidence] {
        let longAgo = at.advanced(byMilliseconds: -Self.longMilliseconds)
        var subjects: [PeopleEvidence.Subject] = []
        if variant.grounds.contains(.declined), !workload.features.isEmpty {
            subjects += clouds.map { cloud in
                .decline(
                    Decline(
                        cloud: cloud, features: .all, models: [], requested: longAgo, answered: longAgo,
                        until: .distantFuture))
            }
        }
        if variant.isLaunched {
            let milestones: [Launch.Milestone] = [.generalAvailability, .preview, .firstBillableRequest]
            subjects += deployments.clouds.flatMap { cloud in
                milestones.map {
                    .launch(Launch(cloud: cloud, model: workload[.model], milestone: $0, at: longAgo))
                }
            }
        }
        subjects += terms.clauses.compactMap(\.clause.meter).map { meter in
            .meterReading(
                MeterReading(
                    meter: meter.name, value: variant.isExceeded ? meter.beyond : meter.within, at: longAgo,
                    until: .distantFuture))
        }
        return subjects.enumerated().map { index, subject in
            PeopleEvidence(
                revision: UInt64(index + 1), recorded: longAgo,
                provenance: Provenance(recordedBy: "analysis", party: ""), subject: subject)
        }
    }

    /// What the request and others before it have met: refusals of every lane on some clouds, as often as a clause asks.
    private func signals(
        _ variant: EvidenceVariant, table: DeploymentTable, model: String, clouds: [String]
    ) -> ([CapacityWindow], OwnSignals) {
        let isLacking = variant.grounds.contains(.capacity)
        let windows = table.lanes.map { isLacking && clouds.contains($0.cloud) ? refusedLane : CapacityWindow() }
        var own = OwnSignals()
        for (position, index) in table.candidates(ofModel: model).enumerated()
        where clouds.contains(table.deployments[index].cloud) {
            if isLacking { own.noCapacity |= 1 << UInt64(position) }
            if variant.grounds.contains(.outage) { own.outage |= 1 << UInt64(position) }
        }
        own.lastLaneAnswers = isLacking ? .max : 0
        return (windows, own)
    }

    /// 25 years: more than the longest notice or lead that can be written.
    private static let longMilliseconds: Int64 = 25 * 366 * 86_400_000
}
