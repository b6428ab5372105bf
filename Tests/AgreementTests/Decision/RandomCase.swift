// SPDX-License-Identifier: Apache-2.0

import Agreement

/// Agreements, deployments, evidence and a request, all made from a seed.
struct RandomCase {
    static let clouds = ["azure", "aws", "gcp"]
    static let products = ["", "chat", "search", "labs-1"]

    private(set) var facts = Facts()
    private(set) var deployments: [Deployment]
    let workload: Workload
    let at: Instant
    private(set) var now: Instant
    private(set) var own = OwnSignals()
    private var random: CaseRandom

    /// - Parameters:
    ///   - seed: fixes everything that is drawn.
    ///   - isQuiet: whether nothing has happened: no evidence, no signals.
    init(seed: UInt64, isQuiet: Bool = false) {
        var random = CaseRandom(seed: seed)
        deployments = (0..<random.number(0...8)).map { number in
            Deployment(
                id: "d\(number)", cloud: random.one(Self.clouds), account: random.one(["a", "b"]),
                region: random.one(["east", "west"]), lane: random.one(Lane.allCases),
                model: random.one(["gpt", "gpt", "mini"]),
                publisher: "openai", features: FeatureSet(rawValue: random.one([0x7FF, 0x7FF, 3, 0])),
                rank: Int(random.number(0...2)), capacityOffer: random.one([nil, nil, nil, nil, "site-1", "site-2"]))
        }
        workload = Workload(
            [
                .product: random.one(Self.products), .model: random.one(["gpt", "gpt", "gpt", "mini", "none"]),
                .publisher: random.one(["openai", "other"]), .channel: random.one(["", "foundry"] + Self.clouds),
            ],
            surface: random.one(Surface.allCases), features: FeatureSet(rawValue: UInt16(random.number(0...7))))
        let start = Scenario.noon
        let configuration = PlacementConfiguration(
            deployments: DeploymentTable(deployments),
            enforcement: random.happens(oneIn: 4) ? ["deal0": .observe] : [:],
            speed: random.happens(oneIn: 5) ? 60 : 1,
            derivatives: random.one([[:], ["gpt": "mini"], ["mini": "gpt", "gpt": "mini"]]))
        facts.apply(.configured(configuration), at: start)
        for number in 0..<random.number(1...3) {
            facts.apply(.adopted(Self.agreement("deal\(number)", &random)), at: start)
        }
        now = start
        at = start.advanced(byMilliseconds: random.number(-5_000...5_000))
        self.random = random
        guard !isQuiet else { return }
        for _ in 0..<self.random.number(0...12) { happen() }
        meet()
    }

    /// The plan for the request, with the deployments in the table's own order.
    func plan() -> Plan {
        Plan(
            workload: workload, terms: terms, configuration: facts.configuration, people: facts.standingEvidence)
    }

    var terms: Terms { facts.terms(at: at, includingObserved: false) }

    func decide() -> Decision {
        plan().decide(windows: facts.windows, at: at, now: now, own: own)
    }

    // MARK: Evidence

    /// Lets some time pass and something become known.
    mutating func happen() {
        now = now.advanced(byMilliseconds: random.one([0, 1, 500, 5_000, 45_000, 120_000]))
        let lanes = facts.configuration.deployments.lanes
        switch random.number(0...9) {
        case 0...4 where !lanes.isEmpty:
            let wait: Int64? = random.happens(oneIn: 2) ? nil : random.one([0, 1_000, 30_000, .max, -1])
            facts.apply(
                .refused(
                    LaneRefusal(
                        lane: random.one(lanes), signal: random.one(LaneSignal.allCases + [.noCapacity, .noCapacity]),
                        retryAfterMilliseconds: wait, request: "r", status: 429, vendorCode: 0, fingerprint: 0)),
                at: now)
        case 5...6 where !lanes.isEmpty:
            facts.apply(.recovered(LaneSuccess(lane: random.one(lanes), required: 3, request: "r")), at: now)
        default:
            record()
        }
    }

    private mutating func record() {
        let cloud = random.one(Self.clouds)
        let near = now.advanced(byMilliseconds: random.one([-90_000, -1, 0, 1, 90_000]))
        let subject: PeopleEvidence.Subject =
            switch random.number(0...8) {
            case 0:
                .decline(
                    Decline(
                        cloud: cloud, features: FeatureSet(rawValue: UInt16(random.number(1...7))), models: [],
                        requested: near, answered: random.happens(oneIn: 2) ? near : nil,
                        until: near.advanced(byMilliseconds: 200_000)))
            case 1: .launch(Launch(cloud: cloud, model: "gpt", at: near))
            case 2:
                .event(
                    EventReport(
                        agreement: "deal0", event: "end", step: random.one(EventReport.Step.allCases), effective: near))
            case 3:
                .override(
                    PlacementOverride(
                        cloud: cloud, product: random.happens(oneIn: 3) ? "chat" : nil, model: nil, from: near,
                        until: near.advanced(byMilliseconds: 100_000), reason: "test"))
            case 4:
                .support(
                    SupportAnswer(
                        cloud: cloud, features: FeatureSet(rawValue: UInt16(random.number(1...7))), models: [],
                        from: near))
            case 5:
                .offer(
                    Offer(
                        id: random.one(["site-1", "site-2"]), agreement: random.one(["deal0", "deal1"]),
                        clause: random.one(["c0", "c1", "c2", "c3"]),
                        quantity: Quantity(nanoUnits: Int128(random.number(0...3)) * 1_000_000_000, unit: "GW"),
                        offered: near, isComplete: !random.happens(oneIn: 5)))
            case 6:
                .offerAnswer(
                    OfferAnswer(
                        offer: random.one(["site-1", "site-2"]), agreement: random.one(["deal0", "deal1"]),
                        kind: random.one(OfferAnswer.Kind.allCases), quantity: nil, at: near))
            case 7:
                .meterReading(
                    MeterReading(
                        meter: "use", value: Quantity(nanoUnits: Int128(random.number(0...4)), unit: "FLOP"), at: near,
                        until: near.advanced(byMilliseconds: random.one([-1, 60_000, 200_000]))))
            default: .revocation(of: UInt64(random.number(0...20)))
            }
        let provenance = Provenance(
            recordedBy: "ann", party: random.one(["p", "q"]), documentSHA256: random.one([nil, [1], [2]]))
        facts.apply(.recorded(subject, provenance), at: now)
    }

    /// Lets the request meet something on the way.
    mutating func meet() {
        own = OwnSignals()
        guard !random.happens(oneIn: 3) else { return }
        func bits(_ random: inout CaseRandom) -> UInt64 { random.next() & random.next() }
        own.noCapacity = bits(&random)
        own.ownQuota = bits(&random) & ~own.noCapacity
        own.outage = bits(&random) & ~own.noCapacity & ~own.ownQuota
        own.tried = own.noCapacity | own.ownQuota | own.outage | bits(&random)
        own.lastLaneAnswers = UInt8(random.number(0...3))
    }

    // MARK: Agreements

    private static func agreement(_ id: String, _ random: inout CaseRandom) -> AgreementDocument {
        let clauses = (0..<random.number(0...8)).map { number in clause("c\(number)", &random) }
        let instrument = Instrument(
            id: "first", kind: .agreement, title: nil, amends: nil, signed: .distantPast,
            effective: Scenario.noon.advanced(byMilliseconds: random.one([-1_000_000, -4_000, 0, 4_000])),
            precedence: nil,
            isDraft: false, operations: clauses.map { .add($0) }, statements: [], source: nil)
        return AgreementDocument(
            id: id, title: id, timezone: "UTC", parties: [Party(id: "p", name: "P"), Party(id: "q", name: "Q")],
            clouds: [("azure", "p"), ("aws", "q"), ("gcp", "r")].map { CloudDeclaration(id: $0.0, operatedBy: $0.1) },
            events: [EventDeclaration(id: "end", declaredBy: "p", verifiedBy: random.one([nil, "q"]))],
            instruments: [instrument])
    }

    private static func clause(_ id: String, _ random: inout CaseRandom) -> Clause {
        let end = Scenario.noon.advanced(byMilliseconds: random.one([-3_000, 0, 3_000, 1_000_000]))
        let ends: [Until?] = [
            nil, nil, .instant(end, written: ""), .event("end"),
            .earliestOf([.instant(end, written: ""), .event("end")]),
            .latestOf([.instant(end, written: ""), .event("end")]),
        ]
        let carveOuts =
            random.happens(oneIn: 4) ? [CarveOut(id: "out", appliesTo: condition(&random, depth: 1), text: nil)] : []
        return Clause(
            id: id, kind: kind(&random), appliesTo: random.happens(oneIn: 2) ? .always : condition(&random, depth: 2),
            carveOuts: carveOuts, from: nil, until: random.one(ends), text: nil, source: nil, assumed: [])
    }

    private static func kind(_ random: inout CaseRandom) -> Clause.Kind {
        let cloud = random.one(clouds + ["azure", "azure"])
        switch random.number(0...11) {
        case 0...3:
            return .primaryCloud(
                PrimaryCloudClause(
                    cloud: cloud, meaning: random.happens(oneIn: 6) ? .labelOnly : .tryFirst,
                    spillOn: grounds(&random, depth: 2)))
        case 4:
            return .exclusivity(
                ExclusivityClause(aspect: random.one(ExclusivityClause.Aspect.allCases), cloud: cloud))
        case 5:
            return .launchFirst(
                LaunchFirstClause(
                    cloud: cloud, lead: random.one([.sameInstant, .milliseconds(0), .milliseconds(2_000)]),
                    exception: grounds(&random, depth: 1)))
        case 6:
            return .licence(
                LicenceClause(
                    licensor: "p", licensee: random.one(["p", "q"]), publisher: "openai", subjects: [],
                    isExclusive: false, channels: random.happens(oneIn: 3) ? ["foundry"] : [],
                    runOffMilliseconds: random.one([0, 2_000])))
        case 7:
            return .sufficiency(
                SufficiencyClause(
                    cloud: cloud, require: random.one(SufficiencyClause.Requirement.allCases),
                    counts: random.happens(oneIn: 3) ? [.noCapacity, .ownQuota] : [.noCapacity], quotaRefusal: nil,
                    retries: Int(random.number(0...2)), windowSignals: Int(random.number(1...3)),
                    windowWithinMilliseconds: 60_000, timeToLiveMilliseconds: random.one([10_000, 60_000]),
                    recoverySuccesses: 3))
        case 8:
            return .rightOfFirstRefusal(
                RightOfFirstRefusalClause(
                    holder: random.one(["p", "q"]), cloud: cloud,
                    trigger: .init(
                        text: "", minimum: random.one([nil, Quantity(nanoUnits: 2_000_000_000, unit: "GW")])),
                    responseWindow: random.one([.milliseconds(50_000), .businessDays(1, calendar: "none")]),
                    onSilence: random.one(RightOfFirstRefusalClause.Silence.allCases),
                    partial: random.one(RightOfFirstRefusalClause.Partial.allCases), match: nil,
                    reOffer: random.one(RightOfFirstRefusalClause.ReOffer.allCases),
                    validityMilliseconds: random.one([nil, 60_000])))
        case 9:
            return .residency(
                ResidencyClause(
                    regions: [random.one([.exactly("east"), .exactly("west"), .prefix("e")])],
                    clouds: random.one([[], ["azure", "aws"]])))
        case 10:
            return .limit(
                LimitClause(
                    meter: "use", measures: "", atMost: Quantity(nanoUnits: 2, unit: "FLOP"),
                    onMissing: random.one([.permit, .permit, .forbid]),
                    reach: random.one([.everywhere, .clouds([cloud]), .operatedBy("p")])))
        default:
            return .decline(
                DeclineClause(
                    cloud: cloud, noticeMilliseconds: random.one([0, 1_000]),
                    silenceMilliseconds: random.one([nil, 1_000])))
        }
    }

    private static func condition(_ random: inout CaseRandom, depth: Int) -> Condition {
        switch random.number(depth > 0 ? 0...6 : 0...3) {
        case 0:
            return .value(
                .product, [random.one([.any, .other, .exactly("chat"), .exactly("search"), .prefix("labs")])])
        case 1: return .value(.channel, [.exactly(random.one(clouds)), .exactly("foundry")])
        case 2: return .surface([random.one(Surface.allCases)])
        case 3: return .feature(FeatureSet(rawValue: UInt16(random.number(1...7))))
        case 4: return .not(condition(&random, depth: depth - 1))
        case 5: return .allOf((0..<random.number(0...2)).map { _ in condition(&random, depth: depth - 1) })
        default: return .anyOf((0..<random.number(0...2)).map { _ in condition(&random, depth: depth - 1) })
        }
    }

    private static func grounds(_ random: inout CaseRandom, depth: Int) -> GroundCondition {
        switch random.number(depth > 0 ? 0...4 : 0...2) {
        case 0, 1: return .ground(.capacity)
        case 2: return .ground(random.one([.declined, .outage]))
        case 3: return .allOf((0..<random.number(1...2)).map { _ in grounds(&random, depth: depth - 1) })
        default: return .anyOf((0..<random.number(0...2)).map { _ in grounds(&random, depth: depth - 1) })
        }
    }
}
