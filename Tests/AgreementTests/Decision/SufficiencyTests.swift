// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("What counts as lack of capacity")
struct SufficiencyTests {
    private let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}"

    private func scenario(_ fields: String) throws -> Scenario {
        try Scenario(clauses: home, "id: proof, kind: sufficiency, cloud: azure, \(fields)")
    }

    private func ownSignal(_ scenario: Scenario, answers: UInt8 = 1) -> OwnSignals {
        scenario.own(noCapacity: ["azure-od"], lastLaneAnswers: answers)
    }

    private func spills(_ scenario: Scenario, own: OwnSignals = OwnSignals()) -> Bool {
        scenario.outcome(own: own).contains("aws-od capacity")
    }

    @Test(
        "The request's own signal and the window count as the clause says",
        arguments: [
            ("request", [false, true, false, true]), ("window", [false, false, true, true]),
            ("either", [false, true, true, true]), ("both", [false, false, false, true]),
        ])
    func requirement(word: String, expected: [Bool]) throws {
        for (index, expected) in expected.enumerated() {
            var scenario = try scenario("require: \(word)")
            let (own, window) = (index & 1 == 1, index & 2 == 2)
            if window { scenario.refuse("azure-od", retryAfterMilliseconds: 0) }
            #expect(
                spills(scenario, own: own ? ownSignal(scenario) : OwnSignals()) == expected,
                "own \(own), window \(window)")
        }
    }

    @Test("`both` with k signals keeps the first k−1 requests home")
    func both() throws {
        var scenario = try scenario("require: both, window: {signals: 3, within: 1m, time_to_live: 1m}")
        for expected in [false, false, true, true] {
            scenario.refuse("azure-od", retryAfterMilliseconds: 0)
            #expect(spills(scenario, own: ownSignal(scenario)) == expected)
        }
    }

    @Test("k signals open a window only when they fall within its span, both ends included")
    func within() throws {
        for (gap, expected) in [(Int64(30_000), true), (30_001, false)] {
            var scenario = try scenario("require: window, window: {signals: 3, within: 1m, time_to_live: 10m}")
            for _ in 0..<3 {
                scenario.refuse("azure-od", retryAfterMilliseconds: 0)
                scenario.pass(milliseconds: gap)
            }
            #expect(spills(scenario) == expected, "gap \(gap)")
        }
    }

    @Test("Another signal never takes away what the signals before it established")
    func moreEvidence() throws {
        var scenario = try scenario("require: window, window: {signals: 3, within: 1m, time_to_live: 10m}")
        for _ in 0..<3 { scenario.refuse("azure-od", retryAfterMilliseconds: 0) }
        scenario.pass(milliseconds: 300_000)
        #expect(spills(scenario))
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        #expect(spills(scenario))
        scenario.pass(milliseconds: 599_999)
        #expect(spills(scenario))
        scenario.pass(milliseconds: 1)
        #expect(!spills(scenario))
    }

    @Test("A signal after the time to live begins a new window, which needs its k signals again")
    func newWindow() throws {
        var scenario = try scenario("require: window, window: {signals: 2, within: 1m, time_to_live: 1m}")
        for _ in 0..<2 { scenario.refuse("azure-od", retryAfterMilliseconds: 0) }
        scenario.pass(milliseconds: 60_001)
        #expect(!spills(scenario))
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        #expect(!spills(scenario))
        let opening = scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        #expect(spills(scenario))
        let decision = scenario.decide()
        #expect(decision[decision.count - 1].evidence == opening)
    }

    @Test("A window can be relied on until its time to live after the last signal, and not at that instant")
    func timeToLive() throws {
        var scenario = try scenario("require: window, window: {time_to_live: 90s}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        scenario.now = scenario.now.advanced(byMilliseconds: 90_000).advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == ["azure-od primary probe", "aws-od capacity"])
        scenario.now = scenario.now.advanced(byNanoseconds: 1)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("A Retry-After longer than the time to live keeps the window reliable")
    func retryAfterKeepsIt() throws {
        var scenario = try scenario("require: window, window: {time_to_live: 10s}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 120_000)
        scenario.now = scenario.now.advanced(byMilliseconds: 120_000).advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == ["aws-od capacity"])
        scenario.now = scenario.now.advanced(byNanoseconds: 1)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("Signals that do not count are no ground", arguments: [LaneSignal.ownQuota, .ramp, .reservedFull])
    func otherSignals(signal: LaneSignal) throws {
        var scenario = try scenario("require: either")
        scenario.refuse("azure-od", signal, retryAfterMilliseconds: 30_000)
        #expect(scenario.decide().refusal == .primaryBusy)
        let own = scenario.own(
            tried: ["azure-od"], ownQuota: signal == .ownQuota ? ["azure-od"] : [], lastLaneAnswers: 1)
        #expect(!spills(scenario, own: own))
    }

    @Test("Our own quota never prolongs evidence of capacity, whatever wait it states")
    func ownQuotaProlongsNothing() throws {
        var scenario = try scenario("require: window")
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        scenario.pass(milliseconds: 10_000)
        scenario.refuse("azure-od", .ownQuota, retryAfterMilliseconds: 3_600_000)
        #expect(spills(scenario))
        scenario.pass(milliseconds: 50_000)
        #expect(scenario.decide().refusal == .primaryBusy)
    }

    @Test("Our own quota counts where the clause lists it with a dated refusal of a quota request")
    func ownQuota() throws {
        var scenario = try scenario("counts: [no-capacity, own-quota], quota_refusal: \"Ticket 7 of 2026-03-01\"")
        #expect(spills(scenario, own: scenario.own(ownQuota: ["azure-od"], lastLaneAnswers: 1)))
        scenario.refuse("azure-od", .ownQuota, retryAfterMilliseconds: 30_000)
        #expect(spills(scenario))
    }

    @Test("A clause that obliges to retries lists the last lane again, marked, as often as it says")
    func retries() throws {
        let scenario = try scenario("require: request, request: {retries: 2}")
        for answers in [UInt8(1), 2] {
            #expect(scenario.outcome(own: ownSignal(scenario, answers: answers)) == ["azure-od primary wait"])
        }
        #expect(scenario.outcome(own: ownSignal(scenario, answers: 3)) == ["aws-od capacity"])
    }

    @Test("A retry is for the last lane alone, and for signals that count")
    func noOtherRetries() throws {
        let scenario = try Scenario(
            clauses: home, "id: proof, kind: sufficiency, cloud: azure, request: {retries: 2}",
            deployments: [
                Scenario.deployment("azure-ptu", on: "azure", lane: .reserved),
                Scenario.deployment("azure-od", on: "azure"), Scenario.deployment("aws-od", on: "aws"),
            ])
        #expect(scenario.outcome(own: scenario.own(noCapacity: ["azure-ptu"])) == ["azure-od primary"])
        let outage = scenario.own(outage: ["azure-ptu", "azure-od"])
        #expect(scenario.outcome(own: outage) == ["refused exhausted deal/home"])
        let quota = scenario.own(tried: ["azure-ptu"], ownQuota: ["azure-od"], lastLaneAnswers: 1)
        #expect(scenario.outcome(own: quota) == ["refused exhausted deal/home"])
    }

    @Test("A primary without a sufficiency clause has the defaults")
    func defaults() throws {
        var silent = try Scenario(clauses: home)
        var spoken = try scenario(
            "require: either, counts: [no-capacity], request: {retries: 0}, "
                + "window: {signals: 1, within: 1m, time_to_live: 1m}, recovery: {successes: 3}")
        for _ in 0..<3 {
            #expect(silent.outcome() == spoken.outcome())
            #expect(silent.outcome(own: ownSignal(silent)) == spoken.outcome(own: ownSignal(spoken)))
            silent.refuse("azure-od", retryAfterMilliseconds: 5_000)
            spoken.refuse("azure-od", retryAfterMilliseconds: 5_000)
            #expect(silent.outcome() == spoken.outcome())
            silent.pass(milliseconds: 59_999)
            spoken.pass(milliseconds: 59_999)
        }
    }

    @Test("A sufficiency clause about another cloud does not measure the primary")
    func otherCloud() throws {
        var scenario = try Scenario(
            clauses: home, "id: proof, kind: sufficiency, cloud: aws, window: {signals: 9}")
        scenario.refuse("azure-od")
        #expect(spills(scenario))
    }
}
