// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Limits")
struct MeterLimitTests {
    private let hour: Int64 = 3_600_000
    private let free = ["aws-od not-covered", "azure-od not-covered"]
    private let refused = ["refused forbidden deal/threshold"]

    private func limit(missing: String = "permit", reach: String = "") -> String {
        "id: threshold, kind: limit, meter: training, of: Compute before the event., at_most: 1e26 FLOP, "
            + "on_missing: \(missing)\(reach)"
    }

    @discardableResult
    private func read(
        _ scenario: inout Scenario, _ value: String, hoursAgo: Int64 = 0, forHours: Int64 = 24,
        meter: String = "training"
    ) throws -> UInt64 {
        let at = scenario.now.advanced(byMilliseconds: -hoursAgo * hour)
        return scenario.record(
            .meterReading(
                MeterReading(
                    meter: meter, value: try #require(Quantity(text: value)), at: at,
                    until: at.advanced(byMilliseconds: forHours * hour))))
    }

    @Test("A reading up to the limit permits, one above it forbids and is over with its own end")
    func readings() throws {
        var scenario = try Scenario(clauses: limit())
        let number = try read(&scenario, "1e26 FLOP")
        #expect(scenario.outcome() == free)
        #expect(scenario.decide()[0].evidence == number)
        scenario.pass(milliseconds: hour)
        try read(&scenario, "100000000000000000000000001 FLOP")
        #expect(scenario.outcome() == refused)
        scenario.pass(milliseconds: 24 * hour - 1)
        #expect(scenario.outcome() == refused)
        scenario.pass(milliseconds: 1)
        #expect(scenario.outcome() == free)
    }

    @Test(
        "Without a reading, or behind its end, holds what the clause says",
        arguments: [("permit", true), ("forbid", false)])
    func missing(word: String, permits: Bool) throws {
        var scenario = try Scenario(clauses: limit(missing: word))
        #expect(scenario.outcome() == (permits ? free : refused))
        try read(&scenario, "1 FLOP", meter: "another")
        try read(&scenario, "1 GW")
        #expect(scenario.outcome() == (permits ? free : refused))
        try read(&scenario, "1 FLOP", forHours: 1)
        #expect(scenario.outcome() == free)
        scenario.pass(milliseconds: hour)
        #expect(scenario.outcome() == (permits ? free : refused))
    }

    @Test("The latest dated reading speaks, in whatever order readings are recorded, and one revoked does not")
    func latest() throws {
        var scenario = try Scenario(clauses: limit())
        let high = try read(&scenario, "2e26 FLOP", hoursAgo: 1)
        try read(&scenario, "1 FLOP", hoursAgo: 2)
        #expect(scenario.outcome() == refused)
        scenario.record(.revocation(of: high))
        #expect(scenario.outcome() == free)
    }

    @Test("An older reading does not come back when the latest has ended")
    func noOlder() throws {
        var scenario = try Scenario(clauses: limit(missing: "forbid"))
        try read(&scenario, "1 FLOP", hoursAgo: 2, forHours: 100)
        try read(&scenario, "2 FLOP", hoursAgo: 1, forHours: 2)
        #expect(scenario.outcome() == free)
        scenario.pass(milliseconds: hour)
        #expect(scenario.outcome() == refused)
    }

    @Test("A reading counts from its recording, and one of tomorrow from tomorrow on")
    func dated() throws {
        var scenario = try Scenario(clauses: limit())
        let recorded = scenario.now
        try read(&scenario, "2e26 FLOP", hoursAgo: 5)
        scenario.now = recorded.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == free)
        scenario.now = recorded
        #expect(scenario.outcome() == refused)
        try read(&scenario, "1 FLOP", hoursAgo: -2)
        #expect(scenario.outcome() == refused)
        scenario.pass(milliseconds: 2 * hour)
        #expect(scenario.outcome() == free)
    }

    @Test(
        "The clause reaches all clouds, the clouds that it names, or those of a party",
        arguments: [
            (", clouds: [aws]", ["azure-od not-covered"]), (", operated_by: microsoft", ["aws-od not-covered"]),
        ])
    func reach(words: String, outcome: [String]) throws {
        var scenario = try Scenario(clauses: limit(reach: words))
        try read(&scenario, "2e26 FLOP")
        #expect(scenario.outcome() == outcome)
    }

    @Test("An override never lifts a limit")
    func override() throws {
        var scenario = try Scenario(clauses: limit())
        try read(&scenario, "2e26 FLOP")
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome() == refused)
        let trace = scenario.plan().trace(
            scenario.decide(), terms: scenario.terms(), windows: scenario.facts.windows, at: scenario.now,
            now: scenario.now, own: OwnSignals())
        #expect(trace.deployments.allSatisfy { $0.verdict == "forbidden by its meter" })
        #expect(trace.clauses.map(\.saying) == ["reads its meter"])
    }

    @Test("A limit of one agreement and an exclusivity of another that leave nothing are a conflict of both")
    func conflict() throws {
        var scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: host, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement("b", clauses: [limit(reach: ", clouds: [azure]")]),
        ])
        #expect(scenario.outcome() == ["azure-od primary"])
        try read(&scenario, "2e26 FLOP")
        #expect(scenario.outcome() == ["refused conflict b/threshold a/host"])
    }
}
