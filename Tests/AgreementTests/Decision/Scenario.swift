// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// Agreements, deployments and evidence in which a test decides requests.
///
/// Clauses are written as in an agreement's file, as the fields of a flow mapping.
struct Scenario {
    /// 2026-06-01T12:00:00Z.
    static let noon = Instant(nanoseconds: 1_780_315_200_000_000_000)
    static let chat = Workload([.product: "chat", .model: "gpt", .publisher: "openai"])
    /// One on-demand lane on azure and one on aws.
    static let twoClouds = [deployment("azure-od", on: "azure"), deployment("aws-od", on: "aws")]

    private(set) var facts = Facts()
    var now = Scenario.noon

    init(
        _ agreements: [AgreementDocument] = [], deployments: [Deployment] = Scenario.twoClouds,
        enforcement: [String: Enforcement] = [:], derivatives: [String: String] = [:], recorders: [Recorder] = []
    ) {
        let start = now.advanced(byMilliseconds: -86_400_000)
        facts.apply(
            .configured(
                PlacementConfiguration(
                    deployments: DeploymentTable(deployments), enforcement: enforcement, derivatives: derivatives,
                    recorders: recorders)), at: start)
        for agreement in agreements { facts.apply(.adopted(agreement), at: start) }
        facts.apply(.started, at: start)
    }

    /// One agreement with these clauses.
    init(clauses first: String, _ more: String..., deployments: [Deployment] = Scenario.twoClouds) throws {
        self.init([try Self.agreement(clauses: [first] + more)], deployments: deployments)
    }

    // MARK: What is agreed and configured

    static func agreement(
        _ id: String = "deal", zone: String = "UTC", effective: String = "2026-01-01",
        clouds: String = "azure: {operator: microsoft}, aws: {operator: amazon}, gcp: {operator: google}",
        clauses: [String], more instruments: String = ""
    ) throws -> AgreementDocument {
        var text = """
            agreement: \(id)
            timezone: \(zone)
            parties: {openai: {name: OpenAI}, microsoft: {name: Microsoft}, amazon: {name: Amazon}}
            clouds: {\(clouds)}
            events: {verified: {declared_by: openai, verified_by: panel}, listed: {declared_by: openai}}
            calendars: {business: {holidays: [2026-06-19, 2026-07-03]}}
            instruments:
              - id: first
                kind: agreement
                effective: \(effective)
                clauses:

            """
        for clause in clauses { text += "      - {\(clause)}\n" }
        text += instruments
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "\(id).yaml")
        return try #require(reading.document, "\(reading.diagnostics.map(\.rendered).joined(separator: "\n"))")
    }

    static func deployment(
        _ id: String, on cloud: String, account: String = "main", region: String = "east", lane: Lane = .onDemand,
        model: String = "gpt", features: FeatureSet = FeatureSet(rawValue: 0x7FF), rank: Int = 0,
        capacityOffer: String? = nil
    ) -> Deployment {
        Deployment(
            id: id, cloud: cloud, account: account, region: region, lane: lane, model: model, publisher: "openai",
            features: features, rank: rank, capacityOffer: capacityOffer)
    }

    // MARK: What happens

    mutating func pass(milliseconds: Int64) {
        now = now.advanced(byMilliseconds: milliseconds)
    }

    @discardableResult
    mutating func refuse(
        _ deployment: String, _ signal: LaneSignal = .noCapacity, retryAfterMilliseconds: Int64? = nil
    ) -> UInt64 {
        facts.apply(
            .refused(
                LaneRefusal(
                    lane: lane(of: deployment), signal: signal, retryAfterMilliseconds: retryAfterMilliseconds,
                    request: "0a0b0c0d-1-1", status: 429, vendorCode: 0, fingerprint: 0)), at: now)
    }

    mutating func succeed(_ deployment: String, required: Int = 3) {
        facts.apply(
            .recovered(LaneSuccess(lane: lane(of: deployment), required: required, request: "0a0b0c0d-1-2")), at: now)
    }

    @discardableResult
    mutating func record(
        _ subject: PeopleEvidence.Subject, party: String = "microsoft", document: [UInt8]? = nil,
        attestedBy recorders: [String] = []
    ) -> UInt64 {
        let provenance = Provenance(
            recordedBy: "ann", party: party, secondedBy: "bob", documentSHA256: document,
            attestations: recorders.map { Attestation(recorder: $0, signature: [], isVerified: true) })
        return facts.apply(.recorded(subject, provenance), at: now)
    }

    /// Records a complete offer of 2 GW, with its document.
    @discardableResult
    mutating func offer(id: String, agreement: String = "deal", clause: String = "rofr") throws -> UInt64 {
        let quantity = try #require(Quantity(text: "2 GW"))
        return record(
            .offer(
                Offer(
                    id: id, agreement: agreement, clause: clause, quantity: quantity, offered: now, isComplete: true)),
            party: "openai", document: [UInt8](repeating: 7, count: 32))
    }

    @discardableResult
    mutating func answer(
        _ offer: String, _ kind: OfferAnswer.Kind, agreement: String = "deal", by party: String = "microsoft"
    ) -> UInt64 {
        record(
            .offerAnswer(OfferAnswer(offer: offer, agreement: agreement, kind: kind, quantity: nil, at: now)),
            party: party)
    }

    mutating func apply(_ fact: Fact) {
        facts.apply(fact, at: now)
    }

    mutating func override(to cloud: String, product: String? = nil, milliseconds: Int64 = 3_600_000) -> UInt64 {
        record(
            .override(
                PlacementOverride(
                    cloud: cloud, product: product, model: nil, from: now,
                    until: now.advanced(byMilliseconds: milliseconds), reason: "incident 7")), party: "openai")
    }

    func window(of deployment: String) throws -> CapacityWindow {
        let table = facts.configuration.deployments
        let lane = try #require(table.lanes.firstIndex(of: lane(of: deployment)))
        return facts.windows[lane]
    }

    private func lane(of deployment: String) -> LaneKey {
        let found = facts.configuration.deployments.deployments.first { $0.id == deployment }
        return found?.laneKey ?? LaneKey(cloud: "?", account: "?", region: "?", model: "?", lane: .onDemand)
    }

    /// What a request has met on deployments of the model `gpt`.
    func own(
        tried: [String] = [], noCapacity: [String] = [], ownQuota: [String] = [], outage: [String] = [],
        lastLaneAnswers: UInt8 = 0
    ) -> OwnSignals {
        let table = facts.configuration.deployments
        let positions = table.candidates(ofModel: "gpt").map { table.deployments[$0].id }
        func bits(_ names: [String]) -> UInt64 {
            names.reduce(0) { bits, name in positions.firstIndex(of: name).map { bits | 1 << UInt64($0) } ?? bits }
        }
        var own = OwnSignals()
        own.noCapacity = bits(noCapacity)
        own.ownQuota = bits(ownQuota)
        own.outage = bits(outage)
        own.tried = bits(tried) | own.noCapacity | own.ownQuota | own.outage
        own.lastLaneAnswers = lastLaneAnswers
        return own
    }

    // MARK: What is decided

    func plan(_ workload: Workload = Scenario.chat, at: Instant? = nil) -> Plan {
        Plan(
            workload: workload, terms: terms(at: at), configuration: facts.configuration,
            people: facts.standingEvidence)
    }

    func terms(at: Instant? = nil) -> Terms {
        facts.terms(at: at ?? now, includingObserved: false)
    }

    func decide(_ workload: Workload = Scenario.chat, at: Instant? = nil, own: OwnSignals = OwnSignals()) -> Decision {
        plan(workload, at: at).decide(windows: facts.windows, at: at ?? now, now: now, own: own)
    }

    /// The decision in words: `azure-od primary`, `aws-od capacity`, `aws-od departure`, with `probe` and `wait` behind,
    /// or `refused forbidden deal/host` with the clauses that it names.
    func outcome(
        _ workload: Workload = Scenario.chat, at: Instant? = nil, own: OwnSignals = OwnSignals()
    ) -> [String] {
        let decision = decide(workload, at: at, own: own)
        let terms = terms(at: at)
        if let refusal = decision.refusal {
            let clauses = (0..<decision.refusalClauseCount).map { terms.reference(decision.refusalClause($0)) }
            return [(["refused", refusal.name] + clauses).joined(separator: " ")]
        }
        return (0..<decision.count).map { index in
            let entry = decision[index]
            var words = [facts.configuration.deployments.deployments[Int(entry.deployment)].id]
            words.append(entry.shown?.name ?? (entry.flags.contains(.departure) ? "departure" : "primary"))
            if entry.flags.contains(.probe) { words.append("probe") }
            if entry.flags.contains(.wait) { words.append("wait") }
            return words.joined(separator: " ")
        }
    }

    /// The clause of the entry at an index, as `agreement/clause`.
    func clause(of decision: Decision, _ index: Int) -> String {
        let clause = decision[index].clause
        return clause == Decision.noClause ? "" : terms().reference(Int(clause))
    }
}

extension Scenario: CustomTestStringConvertible {
    var testDescription: String { "the scenario at \(now) with \(facts.revision) facts" }
}
