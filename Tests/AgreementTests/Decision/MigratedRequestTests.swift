// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Requests under a migration")
struct MigratedRequestTests {
    private static let home =
        "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}"
    private static let anyGround =
        "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity, declined]}"
    private static let vision = FeatureSet(rawValue: 1 << 3)

    private func moved(_ bucket: UInt16, tried: [String] = [], in scenario: Scenario) -> OwnSignals {
        var own = scenario.own(tried: tried)
        own.bucket = bucket
        return own
    }

    private func opening(
        _ ground: Ground = .declined, evidence: UInt64? = nil, percent: Int = 10, from: String = "azure",
        to: String = "aws", product: String? = nil, model: String? = nil, at: Instant = Scenario.noon,
        id: String = "exodus"
    ) -> PeopleEvidence.Subject {
        .migration(
            MigrationReport(
                migration: id,
                step: .opened(
                    MigrationReport.Opening(
                        from: from, to: to, product: product, model: model, ground: ground, evidence: evidence,
                        percent: percent, conditionsOfReturn: ["Azure serves it."])), effective: at))
    }

    private func step(_ step: MigrationReport.Step, at: Instant) -> PeopleEvidence.Subject {
        .migration(MigrationReport(migration: "exodus", step: step, effective: at))
    }

    private func decline(_ scenario: inout Scenario, milliseconds: Int64 = 86_400_000, models: [String] = []) -> UInt64
    {
        scenario.record(
            .decline(
                Decline(
                    cloud: "azure", features: Self.vision, models: models, requested: nil, answered: scenario.now,
                    until: scenario.now.advanced(byMilliseconds: milliseconds))))
    }

    @Test("the moved share goes to the target first, with the primary behind, and the rest keeps to the primary")
    func share() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence))
        #expect(scenario.outcome(own: moved(999, in: scenario)) == ["aws-od declined", "azure-od primary"])
        #expect(scenario.outcome(own: moved(1_000, in: scenario)) == ["azure-od primary"])
        let decision = scenario.decide(own: moved(0, in: scenario))
        #expect(decision[0].flags == .migrated)
        #expect(decision[0].grounds == .declined)
        #expect(decision[0].evidence == evidence)
        #expect(scenario.clause(of: decision, 0) == "deal/home")
        #expect(decision[1].flags == .primary)
        let plan = scenario.plan()
        #expect(plan.mover(at: scenario.now).map { plan.movers[$0].migration.id } == "exodus")
        // Where nobody worked out the part, as before migrations moved requests, nothing moves.
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("steps move more and back from their instants on, and a request keeps to the step of its admission")
    func steps() throws {
        var scenario = try Scenario(clauses: Self.home)
        let start = scenario.now
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence))
        let instants = (0...4).map { start.advanced(byMilliseconds: $0 * 1_000) }
        scenario.record(step(.moved(percent: 50), at: instants[1]))
        scenario.record(step(.moved(percent: 0), at: instants[2]))
        scenario.record(step(.moved(percent: 20), at: instants[3]))
        scenario.record(step(.closed(reason: "Served again."), at: instants[4]))
        scenario.now = instants[4]
        let first = instants.map { at in
            [500, 1_500, 4_500].map { bucket in
                scenario.outcome(at: at, own: moved(bucket, in: scenario)).first == "aws-od declined"
            }
        }
        #expect(
            first == [
                [true, false, false], [true, true, true], [false, false, false], [true, true, false],
                [false, false, false],
            ])
        let plan = scenario.plan(at: start)
        #expect(instants.map { plan.mover(at: $0) != nil } == [true, true, false, true, false])
    }

    @Test("a target that failed the request, or asked not to be called, gives way to the primary")
    func failing() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence, percent: 100))
        #expect(scenario.outcome(own: moved(0, tried: ["aws-od"], in: scenario)) == ["azure-od primary"])
        scenario.refuse("aws-od", retryAfterMilliseconds: 5_000)
        #expect(scenario.outcome(own: moved(0, in: scenario)) == ["azure-od primary"])
    }

    @Test("a migrated request passes a window of the primary by and does not probe it")
    func probes() throws {
        var scenario = try Scenario(clauses: Self.anyGround)
        let refusal = scenario.refuse("azure-od", retryAfterMilliseconds: 1_000)
        scenario.record(opening(.capacity, evidence: refusal))
        scenario.pass(milliseconds: 2_000)
        #expect(scenario.outcome(own: moved(0, in: scenario)).first == "aws-od capacity")
        #expect(scenario.outcome(own: moved(9_999, in: scenario)).first == "azure-od primary probe")
    }

    @Test(
        "a migration without a ground moves nothing, and says why",
        arguments: [
            ("not named", "deal/home does not name the ground capacity"),
            ("no evidence", "it names no decline by azure as its evidence"),
            ("revoked", "evidence 4 is no standing decline by azure of the model gpt"),
            ("another model", "evidence 4 is no standing decline by azure of the model gpt"),
            ("supported", "evidence 4 is no standing decline by azure of the model gpt"),
            ("another cloud", "the terms name azure for the workload, not gcp"),
            ("no target", "no deployment on gcp serves the workload"),
            ("not covered", "deal/home does not name the ground not-covered"),
        ])
    func groundless(name: String, reason: String) throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario, models: name == "another model" ? ["gpt-5"] : [])
        #expect(evidence == 4)
        switch name {
        case "not named": scenario.record(opening(.capacity, evidence: evidence, percent: 100))
        case "no evidence": scenario.record(opening(percent: 100))
        case "another cloud": scenario.record(opening(evidence: evidence, percent: 100, from: "gcp"))
        case "no target": scenario.record(opening(evidence: evidence, percent: 100, to: "gcp"))
        case "not covered": scenario.record(opening(.notCovered, percent: 100))
        default: scenario.record(opening(evidence: evidence, percent: 100))
        }
        if name == "revoked" { scenario.record(.revocation(of: evidence)) }
        if name == "supported" {
            scenario.record(
                .support(SupportAnswer(cloud: "azure", features: Self.vision, models: [], from: scenario.now)))
        }
        #expect(scenario.outcome(own: moved(0, in: scenario)) == ["azure-od primary"])
        let plan = scenario.plan()
        #expect(plan.mover(at: scenario.now) == nil)
        #expect(plan.idleMigrations.map(\.reason) == [reason])
    }

    @Test("a decline that ends takes the migration with it")
    func ending() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario, milliseconds: 1_000)
        scenario.record(opening(evidence: evidence, percent: 100))
        let admitted = scenario.now
        #expect(scenario.outcome(own: moved(0, in: scenario)).first == "aws-od declined")
        scenario.pass(milliseconds: 1_000)
        #expect(scenario.outcome(own: moved(0, in: scenario)) == ["azure-od primary"])
        // Nor is it relied on by a request that was admitted before.
        #expect(scenario.outcome(at: admitted, own: moved(0, in: scenario)).isEmpty == false)
        let plan = scenario.plan(at: admitted)
        let decision = plan.decide(
            windows: scenario.facts.windows, at: admitted, now: scenario.now, own: moved(0, in: scenario))
        #expect(decision.count == 1 && decision[0].flags == .primary)
    }

    @Test("revoking the opening, or a step, takes it back")
    func revoked() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        let opened = scenario.record(opening(evidence: evidence))
        let moved = scenario.record(
            step(.moved(percent: 50), at: Scenario.noon.advanced(byMilliseconds: 1)))
        scenario.pass(milliseconds: 10)
        #expect(scenario.outcome(own: self.moved(4_999, in: scenario)).first == "aws-od declined")
        scenario.record(.revocation(of: moved))
        #expect(scenario.outcome(own: self.moved(4_999, in: scenario)) == ["azure-od primary"])
        #expect(scenario.outcome(own: self.moved(999, in: scenario)).first == "aws-od declined")
        scenario.record(.revocation(of: opened))
        #expect(scenario.outcome(own: self.moved(999, in: scenario)) == ["azure-od primary"])
    }

    @Test("a clause that asks for two grounds together lets a migration move only while the other one holds too")
    func together() throws {
        var scenario = try Scenario(
            clauses:
                "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {all_of: [capacity, declined]}",
            "id: enough, kind: sufficiency, cloud: azure, require: window, counts: [no-capacity], request: {retries: 0}, "
                + "window: {signals: 1, within: 1m, time_to_live: 1m}, recovery: {successes: 2}")
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence, percent: 100))
        #expect(scenario.outcome(own: moved(0, in: scenario)) == ["azure-od primary"])
        scenario.refuse("azure-od", retryAfterMilliseconds: 30_000)
        let decision = scenario.decide(own: moved(0, in: scenario))
        #expect(decision[0].flags == .migrated)
        #expect(decision[0].grounds == [.capacity, .declined])
    }

    @Test(
        "what forbids the target forbids it to a migration too",
        arguments: [
            "id: wait, kind: launch-first, cloud: azure, launch: general-availability, lead: same-instant-ok",
            "id: here, kind: residency, regions: [west]",
        ])
    func forbidden(clause: String) throws {
        var scenario = try Scenario(clauses: Self.home, clause)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence, percent: 100))
        #expect(!scenario.outcome(own: moved(0, in: scenario)).contains { $0.hasPrefix("aws-od") })
    }

    @Test("a workload that no clause is about moves on the ground not-covered, which is no spill")
    func notCovered() throws {
        var scenario = Scenario()
        scenario.record(opening(.notCovered, percent: 50))
        #expect(scenario.outcome(own: moved(5_000, in: scenario)).first == "aws-od not-covered")
        #expect(scenario.outcome(own: moved(0, in: scenario)).first == "aws-od not-covered")
        let decision = scenario.decide(own: moved(0, in: scenario))
        #expect(decision[0].flags == [.migrated, .primary])
        #expect(scenario.decide(own: moved(5_000, in: scenario))[0].flags == .primary)
    }

    @Test("only the product and model that were named move")
    func selected() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence, percent: 100, product: "chat", model: "gpt"))
        #expect(scenario.outcome(own: moved(0, in: scenario)).first == "aws-od declined")
        let other = Workload([.product: "search", .model: "gpt", .publisher: "openai"])
        #expect(scenario.outcome(other, own: moved(0, in: scenario)) == ["azure-od primary"])
        #expect(scenario.plan(other).movers.isEmpty && scenario.plan(other).idleMigrations.isEmpty)
    }

    @Test("of several migrations of a workload the first opened moves it, until it moves nothing")
    func several() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence, percent: 10))
        scenario.record(opening(evidence: evidence, percent: 100, id: "second"))
        #expect(scenario.outcome(own: moved(5_000, in: scenario)) == ["azure-od primary"])
        scenario.pass(milliseconds: 1)
        scenario.record(step(.closed(reason: "Done."), at: scenario.now))
        #expect(scenario.outcome(own: moved(5_000, in: scenario)).first == "aws-od declined")
    }

    @Test("the trace names the migration, and requests that it moves and leaves have traces of their own")
    func trace() throws {
        var scenario = try Scenario(clauses: Self.home)
        let evidence = decline(&scenario)
        scenario.record(opening(evidence: evidence))
        let plan = scenario.plan()
        let owns = [moved(0, in: scenario), moved(999, in: scenario), moved(1_000, in: scenario)]
        let decisions = owns.map {
            plan.decide(windows: scenario.facts.windows, at: scenario.now, now: scenario.now, own: $0)
        }
        let keys = zip(decisions, owns).map {
            plan.traceKey($0, windows: scenario.facts.windows, at: scenario.now, now: scenario.now, own: $1)
        }
        #expect(keys[0] == keys[1] && keys[0] != keys[2])
        let trace = plan.trace(
            decisions[0], terms: scenario.terms(), windows: scenario.facts.windows, at: scenario.now,
            now: scenario.now, own: owns[0])
        #expect(
            trace.deployments.map(\.verdict) == ["listed", "listed by the migration exodus on the ground declined"])
        #expect(trace.established == ["declined"] && trace.missing.isEmpty)
    }
}
