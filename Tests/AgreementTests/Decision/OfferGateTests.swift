// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Capacity under a right of first refusal")
struct OfferGateTests {
    static let right =
        "id: rofr, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, "
        + "response_window: {business_days: 10, calendar: business}"
    static let deployments = [
        Scenario.deployment("azure-od", on: "azure"),
        Scenario.deployment("aws-new", on: "aws", capacityOffer: "site-7"),
    ]
    private let hour: Int64 = 3_600_000
    private let gated = ["azure-od not-covered"]
    private let free = ["aws-new not-covered", "azure-od not-covered"]

    private func scenario(_ more: String..., right: String = OfferGateTests.right) throws -> Scenario {
        Scenario([try Scenario.agreement(clauses: [right] + more)], deployments: Self.deployments)
    }

    @discardableResult
    private func offer(
        _ scenario: inout Scenario, id: String = "site-7", agreement: String = "deal", clause: String = "rofr"
    ) throws -> UInt64 {
        try scenario.offer(id: id, agreement: agreement, clause: clause)
    }

    @Test("Capacity of which no offer is known stays closed, and other capacity does not")
    func unknown() throws {
        var scenario = try scenario()
        #expect(scenario.outcome() == gated)
        try offer(&scenario, id: "site-8")
        scenario.answer("site-8", .declined)
        try offer(&scenario, agreement: "another")
        scenario.answer("site-7", .declined, agreement: "another")
        try offer(&scenario, clause: "another")
        #expect(scenario.outcome() == gated)
        let unmarked = try Scenario(clauses: Self.right)
        #expect(unmarked.outcome() == ["aws-od not-covered", "azure-od not-covered"])
    }

    @Test(
        "An offer closes its capacity until it is declined; accepted or withdrawn it stays closed",
        arguments: [(OfferAnswer.Kind.accepted, false), (.withdrawn, false), (.declined, true)])
    func answered(kind: OfferAnswer.Kind, opens: Bool) throws {
        var scenario = try scenario()
        try offer(&scenario)
        #expect(scenario.outcome() == gated)
        let number = scenario.answer("site-7", kind, by: kind == .withdrawn ? "openai" : "microsoft")
        #expect(scenario.outcome() == (opens ? free : gated))
        if opens { #expect(scenario.decide()[0].evidence == number) }
    }

    @Test("Silence opens the capacity at the end of the window, by the clock alone")
    func silence() throws {
        var scenario = try scenario()
        let number = try offer(&scenario)
        // Ten business days after 1 June 2026, with 19 June far behind.
        scenario.now = try #require(Instant(rfc3339: "2026-06-15T23:59:59.999999999Z"))
        #expect(scenario.outcome() == gated)
        scenario.pass(milliseconds: 1)
        #expect(scenario.outcome() == free)
        #expect(scenario.decide()[0].evidence == number)
    }

    @Test("A plan that is kept decides by the clock: closed before the end of the window, open from it on")
    func keptPlan() throws {
        var scenario = try scenario()
        try offer(&scenario)
        let plan = scenario.plan()
        let at = scenario.now
        let end = try #require(Instant(rfc3339: "2026-06-16T00:00:00Z"))
        for (now, count) in [(end.advanced(byNanoseconds: -1), 1), (end, 2)] {
            #expect(plan.decide(windows: scenario.facts.windows, at: at, now: now, own: OwnSignals()).count == count)
        }
    }

    @Test("A trace that is remembered is not taken for the one behind the end of the window")
    func rememberedTrace() throws {
        var scenario = try scenario(
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        try offer(&scenario)
        let (plan, windows, at) = (scenario.plan(), scenario.facts.windows, scenario.now)
        let terms = scenario.terms()
        let end = try #require(Instant(rfc3339: "2026-06-16T00:00:00Z"))
        let instants = [end.advanced(byNanoseconds: -1), end]
        let decisions = instants.map { plan.decide(windows: windows, at: at, now: $0, own: OwnSignals()) }
        #expect(decisions[0] == decisions[1])
        let keys = zip(decisions, instants).map {
            plan.traceKey($0, windows: windows, at: at, now: $1, own: OwnSignals())
        }
        let traces = zip(decisions, instants).map {
            plan.trace($0, terms: terms, windows: windows, at: at, now: $1, own: OwnSignals())
        }
        #expect(traces[0] != traces[1] && keys[0] != keys[1])
    }

    @Test("Only the workloads that the clause is about are kept off the capacity")
    func workloads() throws {
        let scenario = try scenario(right: Self.right + ", applies_to: {product: [chat]}")
        #expect(scenario.outcome() == gated)
        var workload = Scenario.chat
        workload[.product] = "search"
        #expect(scenario.outcome(workload) == free)
    }

    @Test("Capacity on the holder's own cloud is not kept from it")
    func holder() throws {
        let scenario = Scenario(
            [try Scenario.agreement(clauses: [Self.right])],
            deployments: [Scenario.deployment("azure-new", on: "azure", capacityOffer: "site-7")])
        #expect(scenario.outcome() == ["azure-new not-covered"])
    }

    @Test("A closed capacity is no way out for a spill, and an open one rests on the ground's evidence")
    func spill() throws {
        var scenario = try scenario(
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        try offer(&scenario)
        let signal = scenario.refuse("azure-od", retryAfterMilliseconds: 60_000)
        #expect(scenario.outcome() == ["refused primary-busy deal/home"])
        scenario.answer("site-7", .declined)
        #expect(scenario.outcome() == ["aws-new capacity"])
        #expect(scenario.decide()[0].evidence == signal)
        #expect(scenario.clause(of: scenario.decide(), 0) == "deal/home")
    }

    @Test("A request that only closed capacity could serve is refused, and the clause is named")
    func refused() throws {
        var scenario = try scenario("id: host, kind: exclusivity, aspect: hosting, cloud: aws")
        #expect(scenario.outcome() == ["refused forbidden deal/rofr deal/host"])
        let plan = scenario.plan()
        let trace = plan.trace(
            scenario.decide(), terms: scenario.terms(), windows: scenario.facts.windows, at: scenario.now,
            now: scenario.now, own: OwnSignals())
        let line = try #require(trace.deployments.first { $0.deployment == "aws-new" })
        #expect(line.verdict == "waits until its capacity offer is declined or lapses")
        #expect(line.clause == "deal/rofr")
        #expect(trace.clauses.first { $0.clause == "deal/rofr" }?.saying == "gates capacity that was offered")
        // An override lifts what its design names, and this right is not among it.
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome() == ["refused forbidden deal/rofr deal/host"])
    }

    @Test("Under the rights of two agreements capacity opens when both are through")
    func two() throws {
        var scenario = Scenario(
            [
                try Scenario.agreement("a", clauses: [Self.right]),
                try Scenario.agreement(
                    "b", clauses: [Self.right.replacingHolder("openai")]),
            ], deployments: Self.deployments)
        for (agreement, holder) in [("a", "microsoft"), ("b", "openai")] {
            #expect(scenario.outcome() == gated)
            try offer(&scenario, agreement: agreement)
            scenario.answer("site-7", .declined, agreement: agreement, by: holder)
        }
        #expect(scenario.outcome() == free)
    }

    @Test("Capacity that came on top does not decide whether the primary lacks capacity")
    func lastLane() throws {
        var scenario = Scenario(
            [
                try Scenario.agreement(clauses: [
                    Self.right.replacingHolder("amazon").replacingCloud("aws"),
                    "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}",
                ])
            ],
            deployments: [
                Scenario.deployment("azure-od", on: "azure"),
                Scenario.deployment("azure-new", on: "azure", rank: 5, capacityOffer: "site-7"),
                Scenario.deployment("aws-od", on: "aws"),
            ])
        scenario.refuse("azure-od", retryAfterMilliseconds: 60_000)
        #expect(scenario.outcome() == ["aws-od capacity"])
    }
}

extension String {
    fileprivate func replacingHolder(_ party: String) -> String {
        replacing("holder: microsoft", with: "holder: \(party)")
    }

    fileprivate func replacingCloud(_ cloud: String) -> String {
        replacing("cloud: azure", with: "cloud: \(cloud)")
    }
}
