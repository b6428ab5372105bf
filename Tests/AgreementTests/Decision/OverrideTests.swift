// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Overrides")
struct OverrideTests {
    private let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}"
    private let licence = "kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: false"

    @Test("An override leads to its cloud, flagged as a departure that names it, with the primary behind")
    func departure() throws {
        var scenario = try Scenario(clauses: home)
        let number = scenario.override(to: "aws")
        #expect(scenario.outcome() == ["aws-od departure", "azure-od primary"])
        let decision = scenario.decide()
        #expect(decision[0].evidence == number)
        #expect(decision[0].flags == .departure)
        #expect(decision[0].grounds.isEmpty)
    }

    @Test("An override ends by itself, and does not begin before it was recorded")
    func period() throws {
        var scenario = try Scenario(clauses: home)
        let recorded = scenario.now
        _ = scenario.override(to: "aws", milliseconds: 1_000)
        scenario.now = recorded.advanced(byMilliseconds: 1_000).advanced(byNanoseconds: -1)
        #expect(scenario.outcome().first == "aws-od departure")
        scenario.now = recorded.advanced(byMilliseconds: 1_000)
        #expect(scenario.outcome() == ["azure-od primary"])
        scenario.now = recorded.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("An override that says it is longer ends after a day all the same")
    func longest() throws {
        var scenario = try Scenario(clauses: home)
        let day = PlacementOverride.durationMaxMilliseconds
        _ = scenario.override(to: "aws", milliseconds: 30 * day)
        scenario.pass(milliseconds: day - 1)
        #expect(scenario.outcome().first == "aws-od departure")
        scenario.pass(milliseconds: 1)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("An override about one product or one that was revoked moves nothing else")
    func scope() throws {
        var scenario = try Scenario(clauses: home)
        let number = scenario.override(to: "aws", product: "search")
        #expect(scenario.outcome() == ["azure-od primary"])
        var workload = Scenario.chat
        workload[.product] = "search"
        #expect(scenario.outcome(workload).first == "aws-od departure")
        scenario.record(.revocation(of: number))
        #expect(scenario.outcome(workload) == ["azure-od primary"])
    }

    @Test(
        "An override lifts primary cloud, exclusivity and launch first",
        arguments: [
            "id: it, kind: primary-cloud, cloud: azure, meaning: try-first",
            "id: it, kind: exclusivity, aspect: hosting, cloud: azure", "id: it, kind: launch-first, cloud: azure",
        ])
    func lifts(clause: String) throws {
        var scenario = try Scenario(clauses: clause)
        #expect(!scenario.outcome().contains { $0.hasPrefix("aws") })
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome().first == "aws-od departure")
    }

    @Test("An override lifts a conflict of exclusivities")
    func liftsConflict() throws {
        var scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: one, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement("b", clauses: ["id: two, kind: exclusivity, aspect: hosting, cloud: aws"]),
        ])
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome() == ["aws-od departure"])
    }

    @Test("An override lifts a conflict of two primaries", arguments: ["azure", "aws"])
    func liftsTwoPrimaries(cloud: String) throws {
        var scenario = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: home, kind: primary-cloud, cloud: aws, meaning: try-first"]),
        ])
        _ = scenario.override(to: cloud)
        #expect(scenario.outcome() == ["\(cloud)-od departure"])
        scenario.pass(milliseconds: 3_600_000)
        #expect(scenario.outcome() == ["refused conflict a/home b/home"])
    }

    @Test("An override to the primary is no departure, unless another clause forbids the primary")
    func toThePrimary() throws {
        var scenario = try Scenario(clauses: home)
        _ = scenario.override(to: "azure")
        #expect(scenario.outcome() == ["azure-od primary"])

        var forbidden = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: two, kind: exclusivity, aspect: hosting, cloud: aws"]),
        ])
        _ = forbidden.override(to: "azure")
        #expect(forbidden.outcome() == ["azure-od departure"])

        var embargoed = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: first, kind: launch-first, cloud: aws"]),
        ])
        _ = embargoed.override(to: "azure")
        #expect(embargoed.outcome() == ["azure-od departure"])
    }

    @Test("An override never lifts a lapsed licence")
    func neverLicence() throws {
        var scenario = try Scenario(clauses: "id: ip, \(licence), through: 2026-03-31")
        _ = scenario.override(to: "azure")
        #expect(scenario.outcome() == ["aws-od not-covered"])
        var both = try Scenario(
            clauses: "id: ip, \(licence), through: 2026-03-31",
            "id: host, kind: exclusivity, aspect: hosting, cloud: aws")
        _ = both.override(to: "azure")
        #expect(both.outcome() == ["aws-od primary"])
    }

    @Test("A deployment that a request has tried is not tried again under an override")
    func tried() throws {
        var scenario = try Scenario(clauses: home)
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome(own: scenario.own(tried: ["aws-od"])) == ["azure-od primary"])
    }
}
