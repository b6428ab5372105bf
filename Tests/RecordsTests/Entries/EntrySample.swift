// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records

/// An entry with its bytes and a way to tell whether another entry is the same.
struct EntrySample {
    let name: String
    let bytes: [UInt8]
    let isSame: (Entry) -> Bool

    /// One entry of every type, and of every kind of evidence, with random values.
    static func all(_ random: inout CaseRandom) -> [EntrySample] {
        let at = instant(&random)
        var samples = [
            sample(
                "started", StartedEntry(at: at, revision: random.next(), boot: random.next(), version: text(&random))),
            sample(
                "object",
                ObjectEntry(
                    at: at, kind: random.one(ObjectKind.allCases), hash: hash(&random), size: random.next())),
            sample(
                "adopted",
                AdoptedEntry(
                    at: at, revision: random.next(), agreement: text(&random), instrument: text(&random),
                    header: hash(&random), text: hash(&random))),
            sample("configured", ConfiguredEntry(at: at, revision: random.next(), configuration: hash(&random))),
            sample("lane-refused", refused(at, &random)),
            sample(
                "lane-recovered",
                LaneRecoveredEntry(
                    at: at, revision: random.next(),
                    success: LaneSuccess(
                        lane: lane(&random), required: Int(random.number(1...30)), request: text(&random)))),
            sample("decision", decision(&random)), sample("placement", placement(at, &random)),
            sample(
                "refusal",
                RefusalEntry(
                    at: at, request: request(&random), reason: text(&random), clauses: texts(&random),
                    status: .random(in: 0...UInt16.max, using: &random), passedOver: passedOver(&random))),
            sample(
                "progress",
                ProgressEntry(
                    at: at, request: request(&random), deployment: text(&random), cloud: text(&random),
                    events: random.next(), bytes: random.next())),
            sample(
                "gap",
                GapEntry(
                    at: at, from: instant(&random), to: instant(&random), requests: random.next(),
                    promptTokens: random.next(), completionTokens: random.next(), cause: random.next())),
            sample("clock-step", ClockStepEntry(at: at, expected: instant(&random), found: instant(&random))),
            sample("closed", ClosedEntry(at: at)),
        ]
        for subject in subjects(&random) {
            let provenance = Provenance(
                recordedBy: text(&random), party: text(&random), secondedBy: maybe(text(&random), &random),
                documentName: maybe(text(&random), &random), documentSHA256: maybe(hash(&random), &random),
                attestations: (0..<random.number(0...2)).map { _ in
                    Attestation(recorder: text(&random), signature: hash(&random), isVerified: false)
                })
            samples.append(
                sample(
                    "recorded",
                    RecordedEntry(at: at, revision: random.next(), provenance: provenance, subject: subject)))
        }
        return samples
    }

    private static func sample(_ name: String, _ entry: some WritableEntry) -> EntrySample {
        EntrySample(name: name, bytes: entry.encoded()) { $0.isEqual(to: entry) }
    }

    // MARK: Random values

    private static func refused(_ at: Instant, _ random: inout CaseRandom) -> LaneRefusedEntry {
        LaneRefusedEntry(
            at: at, revision: random.next(),
            refusal: LaneRefusal(
                lane: lane(&random), signal: random.one(LaneSignal.allCases),
                retryAfterMilliseconds: maybe(random.number(0...Int64.max), &random), request: text(&random),
                status: .random(in: 0...UInt16.max, using: &random),
                vendorCode: .random(in: 0...UInt16.max, using: &random), fingerprint: random.next()))
    }

    static func decision(_ random: inout CaseRandom) -> DecisionEntry {
        var decision = Decision()
        decision.bindingClause = .random(in: 0...UInt16.max, using: &random)
        if random.happens(oneIn: 3) {
            decision.refusal = random.one(Decision.Refusal.allCases)
            if random.happens(oneIn: 2) { decision.retryAt = Instant(nanoseconds: random.number(1...Int64.max)) }
            for _ in 0..<random.number(0...4) { decision.blame(Int(random.number(0...1_000))) }
        } else {
            for _ in 0..<random.number(1...16) {
                decision.append(
                    Decision.Entry(
                        deployment: .random(in: 0...UInt16.max, using: &random),
                        position: .random(in: 0...UInt8.max, using: &random), grounds: GroundSet(rawValue: 3),
                        shown: maybe(random.one(Ground.allCases), &random),
                        clause: random.one([0, 65_534, Decision.noClause]), evidence: random.next(),
                        flags: Decision.Flags(rawValue: .random(in: 0...UInt8.max, using: &random))))
            }
        }
        var own = OwnSignals()
        own.tried = random.next()
        own.outage = random.next()
        own.lastLaneAnswers = .random(in: 0...UInt8.max, using: &random)
        let isMigrating = random.happens(oneIn: 3)
        if isMigrating { own.bucket = .random(in: 0..<MigrationBucket.count, using: &random) }
        var dimensions: [Dimension: String] = [:]
        for dimension in Dimension.allCases { dimensions[dimension] = text(&random) }
        return DecisionEntry(
            request: request(&random), number: .random(in: 0...UInt8.max, using: &random), at: instant(&random),
            now: instant(&random), revision: random.next(), terms: hash(&random), isObserved: random.happens(oneIn: 2),
            workload: Workload(
                dimensions, surface: random.one(Surface.allCases),
                features: FeatureSet(rawValue: .random(in: 0...UInt16.max, using: &random))),
            commitments: DecisionEntry.Commitments(
                key: hash(&random), tenant: hash(&random), labels: hash(&random)),
            promptBytes: random.next(), tokensMax: random.next(), own: own, decision: decision, trace: hash(&random),
            migration: isMigrating ? text(&random) : nil)
    }

    private static func placement(_ at: Instant, _ random: inout CaseRandom) -> PlacementEntry {
        let attempts = (0..<random.number(0...4)).map { _ in
            PlacementEntry.Attempt(
                deployment: text(&random), cloud: text(&random), decision: .random(in: 0...UInt8.max, using: &random),
                sent: instant(&random), ended: instant(&random), status: .random(in: 0...UInt16.max, using: &random),
                signal: .random(in: 0...UInt8.max, using: &random),
                vendorCode: .random(in: 0...UInt16.max, using: &random), fingerprint: random.next())
        }
        return PlacementEntry(
            at: at, request: request(&random), outcome: random.one(PlacementEntry.Outcome.allCases),
            clause: text(&random), ground: text(&random), isSpill: random.happens(oneIn: 2), evidence: random.next(),
            attempts: attempts,
            usage: TokenUsage(
                basis: random.one([.none, .reported, .estimated]), prompt: random.next(), completion: random.next(),
                cached: random.next(), reasoning: random.next(), audioIn: random.next(), audioOut: random.next()),
            status: .random(in: 0...UInt16.max, using: &random), firstByte: maybe(instant(&random), &random),
            passedOver: passedOver(&random), migration: maybe(text(&random), &random))
    }

    private static func passedOver(_ random: inout CaseRandom) -> [PassedOver] {
        let isOld = random.happens(oneIn: 2)
        return (0..<random.number(0...4)).map { _ in
            PassedOver(text(&random), isOld ? .probing : random.one(PassedOver.Reason.allCases))
        }
    }

    private static func subjects(_ random: inout CaseRandom) -> [PeopleEvidence.Subject] {
        [
            .decline(
                Decline(
                    cloud: text(&random), features: FeatureSet(rawValue: .random(in: 0...UInt16.max, using: &random)),
                    models: texts(&random), requested: maybe(instant(&random), &random),
                    answered: maybe(instant(&random), &random), until: instant(&random))),
            .launch(
                Launch(
                    cloud: text(&random), model: text(&random), milestone: random.one(Launch.Milestone.allCases),
                    at: instant(&random))),
            .event(
                EventReport(
                    agreement: text(&random), event: text(&random), step: random.one(EventReport.Step.allCases),
                    effective: instant(&random))),
            .override(
                PlacementOverride(
                    cloud: text(&random), product: maybe(text(&random), &random), model: maybe(text(&random), &random),
                    from: instant(&random), until: instant(&random), reason: text(&random))),
            .revocation(of: random.next()), .attestation(of: random.next()),
            .support(
                SupportAnswer(
                    cloud: text(&random), features: FeatureSet(rawValue: .random(in: 0...UInt16.max, using: &random)),
                    models: texts(&random), from: instant(&random))),
            .offer(
                Offer(
                    id: text(&random), agreement: text(&random), clause: text(&random), quantity: quantity(&random),
                    offered: instant(&random), isComplete: random.happens(oneIn: 2))),
            .offerAnswer(
                OfferAnswer(
                    offer: text(&random), agreement: text(&random), kind: random.one(OfferAnswer.Kind.allCases),
                    quantity: maybe(quantity(&random), &random), at: instant(&random))),
            .meterReading(
                MeterReading(
                    meter: text(&random), value: quantity(&random), at: instant(&random), until: instant(&random))),
            .notice(
                Notice(
                    agreement: text(&random), clause: maybe(text(&random), &random), to: text(&random),
                    served: instant(&random), about: text(&random))),
            .migration(
                MigrationReport(
                    migration: text(&random),
                    step: random.one([
                        .opened(
                            MigrationReport.Opening(
                                from: text(&random), to: text(&random), product: maybe(text(&random), &random),
                                model: maybe(text(&random), &random), ground: random.one(Ground.allCases),
                                evidence: maybe(random.next(), &random), percent: Int(random.number(1...100)),
                                conditionsOfReturn: texts(&random))),
                        .moved(percent: Int(random.number(1...100))), .closed(reason: text(&random)),
                    ]), effective: instant(&random))),
        ]
    }

    private static func quantity(_ random: inout CaseRandom) -> Quantity {
        let number = random.one([0, 1, 4_500_000_000, 250_000_000_000_000_000, Int128(random.number(0...Int64.max))])
        return Quantity(nanoUnits: number, unit: random.one(["GW", "tokens", "FLOP/s"]))
    }

    private static func lane(_ random: inout CaseRandom) -> LaneKey {
        LaneKey(
            cloud: text(&random), account: text(&random), region: text(&random), model: text(&random),
            lane: random.one(Lane.allCases))
    }

    private static func request(_ random: inout CaseRandom) -> RequestID {
        RequestID(log: text(&random), boot: random.next(), counter: random.next())
    }

    private static func instant(_ random: inout CaseRandom) -> Instant {
        random.one([
            .distantPast, .distantFuture, Instant(nanoseconds: 0), Instant(nanoseconds: random.number(.min ... .max)),
        ])
    }

    private static func text(_ random: inout CaseRandom) -> String {
        random.one(["", "azure", "é", "e\u{301}", "東京", "a\nb\u{0}", String(repeating: "x", count: 300)])
    }

    private static func texts(_ random: inout CaseRandom) -> [String] {
        (0..<random.number(0...3)).map { _ in text(&random) }
    }

    private static func hash(_ random: inout CaseRandom) -> [UInt8] {
        (0..<random.one([0, 32])).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func maybe<Value>(_ value: Value, _ random: inout CaseRandom) -> Value? {
        random.happens(oneIn: 2) ? value : nil
    }
}
