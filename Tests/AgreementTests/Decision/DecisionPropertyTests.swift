// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("What holds for every decision")
struct DecisionPropertyTests {
    private static let rounds: UInt64 = 2_000
    private let seed = UInt64.random(in: 0...UInt64.max)

    private func cases(isQuiet: Bool = false, _ check: (RandomCase, Comment) -> Void) {
        for round in 0..<Self.rounds {
            check(RandomCase(seed: seed &+ round, isQuiet: isQuiet), "seed \(seed &+ round)")
        }
    }

    private func entries(_ decision: Decision) -> [Decision.Entry] {
        (0..<decision.count).map { decision[$0] }
    }

    @Test("Any terms, deployments, evidence and signals give deployments or a refusal, the same each time")
    func totalAndDeterministic() {
        cases { random, comment in
            let decision = random.decide()
            #expect((decision.refusal == nil) == (decision.count > 0), comment)
            #expect(decision == random.decide(), comment)
            #expect((decision.refusal == .primaryBusy) == (decision.retryAt != .distantFuture), comment)
            #expect(decision.retryAt > random.now, comment)
            let listed = entries(decision).map(\.deployment)
            #expect(Set(listed).count == listed.count, comment)
        }
    }

    @Test("The same facts from the beginning give the same decision")
    func reproduced() {
        for round in 0..<500 as Range<UInt64> {
            let (left, right) = (RandomCase(seed: seed &+ round), RandomCase(seed: seed &+ round))
            #expect(left.decide() == right.decide(), "seed \(seed &+ round)")
        }
    }

    @Test("The order of deployments in the configuration changes neither what is permitted nor the order of trying")
    func reordering() {
        cases { random, comment in
            var shuffling = CaseRandom(seed: random.facts.revision)
            var configuration = random.facts.configuration
            configuration.deployments = DeploymentTable(random.deployments.shuffled(using: &shuffling))
            #expect(configuration.deployments.lanes == random.facts.configuration.deployments.lanes, comment)
            let plan = Plan(
                workload: random.workload, terms: random.terms, configuration: configuration,
                people: random.facts.standingEvidence)
            let decision = plan.decide(
                windows: random.facts.windows, at: random.at, now: random.now, own: random.own)
            #expect(decision == random.decide(), comment)
        }
    }

    @Test("Everything listed off the primary has a ground and a clause, or is a departure with its override")
    func grounds() {
        cases { random, comment in
            for entry in entries(random.decide()) where !entry.flags.contains(.primary) {
                if entry.flags.contains(.departure) {
                    #expect(entry.evidence > 0, comment)
                    #expect(entry.shown == nil && entry.grounds.isEmpty, comment)
                } else if let shown = entry.shown {
                    #expect(entry.grounds.contains(GroundSet(shown)), comment)
                    #expect((entry.clause == Decision.noClause) == (shown == .notCovered), comment)
                } else {
                    Issue.record("An entry has neither a ground nor an override; \(comment)")
                }
            }
        }
    }

    @Test("Nothing listed is outside a residency clause, over a limit or under an open offer, override or not")
    func neverLifted() {
        var (kept, departures) = (0, 0)
        cases { random, comment in
            let (terms, table) = (random.terms, random.facts.configuration.deployments)
            let applicable = random.plan().consulted.filter {
                ["keeps requests in its regions", "reads its meter", "gates capacity that was offered"].contains(
                    $0.saying.rawValue)
            }
            let readings = random.facts.standingEvidence.compactMap { record -> (MeterReading, Instant)? in
                guard case .meterReading(let reading) = record.subject else { return nil }
                return (reading, record.recorded)
            }
            for entry in entries(random.decide()) {
                let deployment = table.deployments[Int(entry.deployment)]
                if entry.flags.contains(.departure) { departures += 1 }
                for consulted in applicable {
                    kept += 1
                    switch terms.clauses[consulted.clause].clause.kind {
                    case .residency(let residency):
                        #expect(residency.allows(cloud: deployment.cloud, region: deployment.region), comment)
                    case .limit(let limit) where limit.reach == .everywhere && limit.onMissing == .forbid:
                        // Something must have been read, and a reading in force must be within the limit.
                        #expect(
                            readings.contains { reading, recorded in
                                max(reading.at, recorded) <= random.now && random.now < reading.until
                                    && reading.value.exceeds(limit.atMost) == false
                            }, comment)
                    case .rightOfFirstRefusal(let right) where deployment.cloud != right.cloud:
                        guard let offer = deployment.capacityOffer else { continue }
                        #expect(
                            random.facts.standingEvidence.contains { record in
                                guard case .offer(let known) = record.subject else { return false }
                                return known.id == offer && known.isComplete && record.provenance.documentSHA256 != nil
                                    && max(known.offered, record.recorded) <= random.now
                            }, comment)
                    default: break
                    }
                }
            }
        }
        #expect(kept > 50)
        #expect(departures > 0)
    }

    @Test("Nothing that was tried is listed again, except with the mark of a wait")
    func tried() {
        cases { random, comment in
            for entry in entries(random.decide()) {
                let isTried = random.own.tried & 1 << UInt64(entry.position) != 0
                #expect(isTried == entry.flags.contains(.wait), comment)
            }
        }
    }

    @Test("Where nothing has happened, no request that the terms bind leaves its cloud")
    func quiet() {
        var bound = 0
        cases(isQuiet: true) { random, comment in
            let plan = random.plan()
            guard let home = plan.home else { return }
            for entry in entries(random.decide()) {
                bound += 1
                #expect(plan.table.deployments[Int(entry.deployment)].cloud == home, comment)
                #expect(entry.flags == .primary, comment)
            }
        }
        #expect(bound > 100)
    }

    @Test("A healthy primary gets every request that the terms bind to it: 10,000 of 10,000")
    func healthyPrimary() throws {
        let scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, "
                + "spill_on: {any_of: [capacity, declined, outage]}, "
                + "carve_outs: [{id: out, applies_to: {product: [search]}}]",
            "id: first, kind: launch-first, cloud: azure, exception: {any_of: [capacity]}",
            "id: ip, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: false",
            "id: sell, kind: exclusivity, aspect: distribution, cloud: aws")
        let (terms, facts) = (scenario.terms(), scenario.facts)
        var random = CaseRandom(seed: seed)
        var (bound, atHome) = (0, 0)
        while bound < 10_000 {
            let workload = Workload(
                [
                    .product: random.one(["", "chat", "search", "labs"]), .model: "gpt", .publisher: "openai",
                    .customerClass: random.one(["", "enterprise"]), .channel: random.one(["", "aws"]),
                ],
                surface: random.one(Surface.allCases), features: FeatureSet(rawValue: UInt16(random.number(0...0x7FF))))
            guard workload[.product] != "search" else { continue }
            bound += 1
            let plan = Plan(workload: workload, terms: terms, configuration: facts.configuration, people: [])
            let decision = plan.decide(windows: facts.windows, at: scenario.now, now: scenario.now, own: OwnSignals())
            guard decision.count == 1, decision[0].flags == .primary else { continue }
            let deployment = plan.table.deployments[Int(decision[0].deployment)]
            if deployment.cloud == "azure" { atHome += 1 }
        }
        #expect(atHome == 10_000, "seed \(seed)")
    }

    @Test("More signals of lack of capacity never take the ground away")
    func monotonousEvidence() {
        for round in 0..<1_000 as Range<UInt64> {
            var random = CaseRandom(seed: seed &+ round)
            var sufficiency = SufficiencyClause.defaults(cloud: "azure")
            sufficiency.windowSignals = Int(random.number(1...4))
            sufficiency.windowWithinMilliseconds = random.number(1_000...60_000)
            sufficiency.timeToLiveMilliseconds = random.number(1_000...60_000)
            var window = CapacityWindow()
            var now = Scenario.noon
            for revision in 1...UInt64(CapacityWindow.signalsMax) {
                now = now.advanced(byMilliseconds: random.number(0...20_000))
                let counts = LaneSignalSet(.noCapacity)
                let before = window.evidence(sufficiency, counts: counts, now: now)
                window.record(
                    random.one([.noCapacity, .noCapacity, .ramp]), at: now,
                    retryAfterMilliseconds: random.one([nil, 0]),
                    speed: 1, revision: revision)
                let after = window.evidence(sufficiency, counts: counts, now: now)
                #expect(before == nil || after != nil, "seed \(seed &+ round)")
            }
        }
    }

    @Test("Decisions with equal trace keys have equal traces")
    func traceKeys() {
        var (keys, repeated) = (0, 0)
        for round in 0..<600 as Range<UInt64> {
            var random = RandomCase(seed: seed &+ round)
            let (plan, planRevision) = (random.plan(), random.facts.planRevision)
            var traces: [TraceKey: DecisionTrace] = [:]
            for _ in 0..<12 {
                // A plan lives as long as terms and people's evidence stay the same.
                guard random.facts.planRevision == planRevision else { break }
                let (windows, at, now, own) = (random.facts.windows, random.at, random.now, random.own)
                let decision = plan.decide(windows: windows, at: at, now: now, own: own)
                let key = plan.traceKey(decision, windows: windows, at: at, now: now, own: own)
                let trace = plan.trace(decision, terms: random.terms, windows: windows, at: at, now: now, own: own)
                keys += 1
                if let known = traces.updateValue(trace, forKey: key) {
                    repeated += 1
                    #expect(known == trace, "seed \(seed &+ round)")
                }
                random.happen()
                random.meet()
            }
        }
        #expect(repeated > keys / 20)
    }
}
