// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Residency")
struct ResidencyTests {
    private let deployments = [
        Scenario.deployment("azure-eu", on: "azure", region: "eu-west"),
        Scenario.deployment("azure-us", on: "azure", region: "us-east"),
        Scenario.deployment("aws-eu", on: "aws", region: "eu-central"),
        Scenario.deployment("aws-us", on: "aws", region: "us-west"),
    ]

    private func scenario(_ clauses: String...) throws -> Scenario {
        Scenario([try Scenario.agreement(clauses: clauses)], deployments: deployments)
    }

    @Test("Deployments outside the regions are forbidden, on all clouds or on those that the clause names")
    func regions() throws {
        let stay = try scenario("id: stay, kind: residency, regions: [eu-west, eu-central]")
        #expect(stay.outcome() == ["aws-eu not-covered", "azure-eu not-covered"])
        let prefix = try scenario("id: stay, kind: residency, regions: [\"eu-*\"]")
        #expect(prefix.outcome() == stay.outcome())
        let onAWS = try scenario("id: stay, kind: residency, regions: [eu-central], clouds: [aws]")
        #expect(onAWS.outcome() == ["aws-eu not-covered", "azure-eu not-covered", "azure-us not-covered"])
    }

    @Test("Only the workloads that the clause is about stay")
    func workloads() throws {
        let scenario = try scenario(
            "id: stay, kind: residency, regions: [eu-west], applies_to: {data_class: [personal]}")
        #expect(scenario.outcome().count == 4)
        var workload = Scenario.chat
        workload[.dataClass] = "personal"
        #expect(scenario.outcome(workload) == ["azure-eu not-covered"])
    }

    @Test("A lack of capacity in the regions leads to other clouds in the regions, and nowhere else")
    func spill() throws {
        var scenario = try scenario(
            "id: stay, kind: residency, regions: [\"eu-*\"]",
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        scenario.refuse("azure-us", retryAfterMilliseconds: 60_000)
        #expect(scenario.outcome() == ["azure-eu primary"])
        scenario.refuse("azure-eu", retryAfterMilliseconds: 60_000)
        #expect(scenario.outcome() == ["aws-eu capacity"])
    }

    @Test("Regions in which nothing is deployed leave nothing, and an override does not help")
    func forbidden() throws {
        var scenario = try scenario("id: stay, kind: residency, regions: [ch-north]")
        #expect(scenario.outcome() == ["refused forbidden deal/stay"])
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome() == ["refused forbidden deal/stay"])
    }

    @Test("A trace says which clause keeps requests in its regions")
    func trace() throws {
        let scenario = try scenario("id: stay, kind: residency, regions: [eu-west]")
        let trace = scenario.plan().trace(
            scenario.decide(), terms: scenario.terms(), windows: scenario.facts.windows, at: scenario.now,
            now: scenario.now, own: OwnSignals())
        #expect(trace.clauses.map(\.saying) == ["keeps requests in its regions"])
        let line = try #require(trace.deployments.first { $0.deployment == "aws-us" })
        #expect(line.verdict == "forbidden" && line.clause == "deal/stay")
    }
}
