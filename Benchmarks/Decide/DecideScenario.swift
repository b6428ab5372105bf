// SPDX-License-Identifier: Apache-2.0

import Agreement

/// Twenty clauses over six deployments, and a request that they decide.
struct DecideScenario {
    /// What is known of the primary's capacity.
    enum State: String, CaseIterable {
        case healthy
        /// Every lane of the primary is, and no ground arises.
        case constrained
        /// Every lane of the primary is, and requests leave for lack of capacity.
        case spilling
    }

    private let plan: Plan
    private let facts: Facts
    private let at: Instant

    init(_ state: State) {
        let reading = AgreementReader.read(bytes: Array(Self.text.utf8), file: "benchmark.yaml")
        guard let document = reading.document else {
            preconditionFailure(reading.diagnostics.map(\.rendered).joined(separator: "\n"))
        }
        let at = Instant(nanoseconds: 1_780_315_200_000_000_000)
        var facts = Facts()
        facts.apply(
            .configured(PlacementConfiguration(deployments: DeploymentTable(Self.deployments))), at: at)
        facts.apply(.adopted(document), at: at)
        if state != .healthy {
            for deployment in Self.deployments where deployment.cloud == "azure" {
                facts.apply(
                    .refused(
                        LaneRefusal(
                            lane: deployment.laneKey, signal: state == .spilling ? .noCapacity : .ownQuota,
                            retryAfterMilliseconds: 30_000, request: "r", status: 429, vendorCode: 0, fingerprint: 0)),
                    at: at)
            }
        }
        let workload = Workload([.product: "chat", .model: "gpt", .publisher: "openai"], features: .streaming)
        let terms = facts.terms(at: at, includingObserved: false)
        precondition(terms.clauses.count == 20, "\(terms.clauses.count)")
        plan = Plan(
            workload: workload, terms: terms, configuration: facts.configuration, people: facts.standingEvidence)
        self.facts = facts
        self.at = at
        let expected = state == .constrained ? 0 : 6
        let decision = plan.decide(windows: facts.windows, at: at, now: at, own: OwnSignals())
        precondition(state == .healthy ? decision[0].flags.contains(.primary) : decision.count <= expected)
    }

    /// Decides once, and gives how many deployments are listed.
    @inline(never)
    func decide() -> Int {
        plan.decide(windows: facts.windows, at: at, now: at, own: OwnSignals()).count
    }

    private static let deployments: [Deployment] = [
        deployment("azure-east-reserved", "azure", "east", .reserved),
        deployment("azure-east", "azure", "east", .onDemand),
        deployment("azure-west", "azure", "west", .onDemand), deployment("aws-east", "aws", "east", .onDemand),
        deployment("oracle-east", "oracle", "east", .onDemand), deployment("gcp-east", "gcp", "east", .onDemand),
    ]

    private static func deployment(_ id: String, _ cloud: String, _ region: String, _ lane: Lane) -> Deployment {
        Deployment(
            id: id, cloud: cloud, account: "main", region: region, lane: lane, model: "gpt", publisher: "openai",
            features: .all, rank: 0)
    }

    private static let text: String = {
        var text = """
            agreement: benchmark
            timezone: UTC
            parties: {openai: {name: OpenAI}, microsoft: {name: Microsoft}}
            clouds: {azure: {operator: microsoft}, aws: {operator: amazon}, oracle: {operator: oracle}, gcp: {operator: google}}
            instruments:
              - id: signed
                kind: agreement
                effective: 2026-01-01
                clauses:
                  - {id: primary, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity, declined]}}
                  - {id: first, kind: launch-first, cloud: azure, exception: {any_of: [capacity, declined]}}
                  - {id: capacity, kind: sufficiency, cloud: azure}
                  - {id: declines, kind: decline, cloud: azure}
                  - {id: licence, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, subjects: [models], exclusive: false}
                  - {id: elsewhere, kind: exclusivity, aspect: distribution, cloud: aws, applies_to: {product: frontier}}

            """
        for number in 1...14 {
            text +=
                "      - {id: host-\(number), kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: other-\(number)}}\n"
        }
        return text
    }()
}
