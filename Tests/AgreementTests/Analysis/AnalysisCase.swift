// SPDX-License-Identifier: Apache-2.0

import Agreement

/// Decides a request of an analysis again: with facts as a gateway would learn them, and without the analysis's own code.
struct AnalysisCase {
    let documents: [AgreementDocument]
    let at: Instant
    /// The events that have happened, as `agreement/event`.
    var happened: [String] = []
    /// From when they act; from the instant itself where it is missing.
    var happenedFrom: Instant?
    var grounds: GroundSet = []
    var isLaunched = false
    /// Whether every meter shows more than its limit; otherwise each shows nothing.
    var isExceeded = false

    private var terms: Terms {
        Terms(
            of: documents.map { document in
                let events = happened.filter { $0.hasPrefix(document.id + "/") }.map {
                    EventOccurrence(
                        event: String($0.dropFirst(document.id.utf8.count + 1)), actsFrom: happenedFrom ?? at,
                        endsAt: nil)
                }
                return (document, Consolidation(document, events: events))
            }, at: at)
    }

    /// A deployment on every declared cloud and one on a cloud that none declares.
    func deployments(model: String) -> [Deployment] {
        let clouds = Set(documents.flatMap { $0.clouds.map(\.id) }).sorted() + ["nobodys"]
        return clouds.flatMap { cloud in
            (["nowhere"] + namedRegions).map { region in
                Deployment(
                    id: "\(cloud)-\(region)", cloud: cloud, account: "main", region: region, lane: .onDemand,
                    model: model, publisher: "openai", features: FeatureSet(rawValue: 0x7FF), rank: 0)
            }
        }
    }

    private var clauses: [Clause] {
        documents.flatMap(\.instruments).flatMap(\.operations).compactMap(\.clause)
    }

    private var namedRegions: [String] {
        let names = clauses.flatMap { clause -> [String] in
            guard case .residency(let residency) = clause.kind else { return [] }
            return residency.regions.compactMap { pattern in
                switch pattern {
                case .exactly(let text): text
                case .prefix(let text): text + "q"
                case .any, .other: nil
                }
            }
        }
        return Set(names).sorted()
    }

    /// The terms, the plan and the decision of a request.
    func decide(_ workload: Workload) -> (terms: Terms, table: DeploymentTable, decision: Decision) {
        let terms = terms
        let table = DeploymentTable(deployments(model: workload[.model]))
        let configuration = PlacementConfiguration(deployments: table)
        let quiet = Plan(workload: workload, terms: terms, configuration: configuration, people: [])
        let concerned = Set(
            [quiet.home].compactMap { $0 }
                + quiet.consulted.compactMap { line -> String? in
                    switch (line.saying, terms.clauses[line.clause].clause.kind) {
                    case (.runsEmbargo, .launchFirst(let clause)): clause.cloud
                    case (.binds, .primaryCloud(let clause)): clause.cloud
                    default: nil
                    }
                })
        let longAgo = at.advanced(byMilliseconds: -25 * 366 * 86_400_000)
        var subjects: [PeopleEvidence.Subject] = []
        for cloud in table.clouds {
            for milestone in Launch.Milestone.allCases where isLaunched && milestone != .handedOver {
                subjects.append(
                    .launch(Launch(cloud: cloud, model: workload[.model], milestone: milestone, at: longAgo)))
            }
            if grounds.contains(.declined), concerned.contains(cloud) {
                subjects.append(
                    .decline(
                        Decline(
                            cloud: cloud, features: FeatureSet(rawValue: 0x7FF), models: [], requested: longAgo,
                            answered: longAgo, until: .distantFuture)))
            }
        }
        for clause in clauses {
            guard case .limit(let limit) = clause.kind else { continue }
            let value = Quantity(nanoUnits: isExceeded ? Quantity.nanoUnitsMax + 1 : 0, unit: limit.atMost.unit)
            subjects.append(
                .meterReading(MeterReading(meter: limit.meter, value: value, at: longAgo, until: .distantFuture)))
        }
        let plan = Plan(
            workload: workload, terms: terms, configuration: configuration,
            people: subjects.enumerated().map { index, subject in
                PeopleEvidence(
                    revision: UInt64(index + 1), recorded: longAgo,
                    provenance: Provenance(recordedBy: "ann", party: "p"), subject: subject)
            })
        var refused = CapacityWindow()
        for number in 1...16 as ClosedRange<UInt64> {
            refused.record(.noCapacity, at: at, retryAfterMilliseconds: 0, speed: 1, revision: number)
        }
        var own = OwnSignals()
        var windows = table.lanes.map { _ in CapacityWindow() }
        for (index, deployment) in table.deployments.enumerated() where concerned.contains(deployment.cloud) {
            if grounds.contains(.outage) { own.outage |= 1 << UInt64(index) }
            guard grounds.contains(.capacity) else { continue }
            windows[table.laneOfDeployment[index]] = refused
            own.noCapacity |= 1 << UInt64(index)
            own.lastLaneAnswers = .max
        }
        return (terms, table, plan.decide(windows: windows, at: at, now: at, own: own))
    }

    /// The refusal of a request with the clauses that it names, in order; `nil` where it is served.
    func refusal(_ workload: Workload) -> (refusal: Decision.Refusal, clauses: [String])? {
        let (terms, _, decision) = decide(workload)
        guard let refusal = decision.refusal else { return nil }
        let clauses = (0..<decision.refusalClauseCount).map { terms.reference(decision.refusalClause($0)) }
        return (refusal, clauses.sorted())
    }
}

extension AnalysisCase {
    /// The circumstances of a finding's witness.
    init?(_ finding: Finding, _ documents: [AgreementDocument]) {
        guard let at = finding.decidedAt, let evidence = finding.evidence else { return nil }
        self.init(
            documents: documents, at: at, happened: finding.happened, happenedFrom: finding.happenedFrom,
            grounds: evidence.grounds, isLaunched: evidence.isLaunched, isExceeded: evidence.isExceeded)
    }
}

extension Finding {
    /// The refusal that a finding about requests claims; `nil` for other findings.
    var claimedRefusal: Decision.Refusal? {
        switch code {
        case .conflict, .differentPrimaries: .conflict
        case .unservable: .forbidden
        default: nil
        }
    }
}
