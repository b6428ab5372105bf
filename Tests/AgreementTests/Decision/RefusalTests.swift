// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Refusals")
struct RefusalTests {
    private let home =
        "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity, declined]}"

    @Test("A model that no deployment serves is not configured")
    func modelNotConfigured() throws {
        let scenario = try Scenario(clauses: home)
        #expect(scenario.outcome(Workload([.model: "other"])) == ["refused model-not-configured"])
    }

    @Test("A primary without a deployment for the model is no ground to leave it")
    func primaryNotConfigured() throws {
        let scenario = try Scenario(clauses: home, deployments: [Scenario.deployment("aws-od", on: "aws")])
        #expect(scenario.outcome() == ["refused primary-not-configured deal/home"])
    }

    @Test("A primary without a deployment for the feature is no ground to leave it")
    func featureNotConfigured() throws {
        let scenario = try Scenario(
            clauses: home,
            deployments: [
                Scenario.deployment("azure-od", on: "azure", features: []), Scenario.deployment("aws-od", on: "aws"),
            ])
        var workload = Scenario.chat
        workload.features = .longContext
        #expect(scenario.outcome(workload) == ["refused primary-not-configured deal/home"])
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("A feature that no deployment serves, where no clause binds the request, is not configured")
    func featureNowhere() throws {
        let scenario = Scenario(deployments: [Scenario.deployment("aws-od", on: "aws", features: [])])
        var workload = Scenario.chat
        workload.features = .longContext
        #expect(scenario.outcome(workload) == ["refused model-not-configured"])
    }

    @Test("What one agreement forbids everywhere is forbidden")
    func forbiddenByOne() throws {
        let scenario = try Scenario(
            clauses: "id: one, kind: exclusivity, aspect: hosting, cloud: azure",
            "id: two, kind: exclusivity, aspect: hosting, cloud: aws")
        #expect(scenario.outcome() == ["refused forbidden deal/two deal/one"])
    }

    @Test("Two agreements that each forbid the other's cloud are in conflict, and both clauses are named")
    func conflictOfExclusivities() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: one, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement("b", clauses: ["id: two, kind: exclusivity, aspect: hosting, cloud: aws"]),
        ])
        #expect(scenario.outcome() == ["refused conflict b/two a/one"])
    }

    @Test("Where one agreement forbids all, another that forbids some of it makes no conflict")
    func oneForbidsAll() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: one, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement(
                "b",
                clauses: [
                    "id: two, kind: exclusivity, aspect: hosting, cloud: aws",
                    "id: three, kind: exclusivity, aspect: hosting, cloud: azure",
                ]),
        ])
        #expect(scenario.decide().refusal == .forbidden)
    }

    @Test("A deployment that is permitted makes no conflict of what is forbidden elsewhere")
    func permittedSomewhere() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: one, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement(
                "b",
                clauses: ["id: two, kind: exclusivity, aspect: hosting, cloud: aws, applies_to: {product: [search]}"]
            ),
        ])
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("Two agreements that name different primaries for one request are in conflict")
    func twoPrimaries() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: home, kind: primary-cloud, cloud: aws, meaning: try-first"]),
        ])
        #expect(scenario.outcome() == ["refused conflict a/home b/home"])
    }

    @Test("Two agreements that name the same primary bind together: a request leaves only when both let it")
    func samePrimary() throws {
        var scenario = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: home, kind: primary-cloud, cloud: azure, meaning: try-first"]),
        ])
        scenario.refuse("azure-od", retryAfterMilliseconds: 5_000)
        #expect(scenario.decide().refusal == .primaryBusy)
        #expect(scenario.decide().retryAt == scenario.now.advanced(byMilliseconds: 5_000))
    }

    @Test("Embargoes of two agreements on each other's cloud are a conflict")
    func conflictOfEmbargoes() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: ["id: first, kind: launch-first, cloud: azure"]),
            try Scenario.agreement("b", clauses: ["id: first, kind: launch-first, cloud: aws"]),
        ])
        #expect(scenario.decide().refusal == .conflict)
        #expect(scenario.decide().refusalClauseCount == 2)
    }

    @Test("A home that waits for a launch elsewhere is forbidden by that clause, which is named")
    func embargoedHome() throws {
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: [home]),
            try Scenario.agreement("b", clauses: ["id: first, kind: launch-first, cloud: aws"]),
        ])
        #expect(scenario.outcome() == ["refused forbidden b/first"])
    }

    @Test("A request that has tried all it may is exhausted")
    func exhausted() throws {
        let scenario = try Scenario(clauses: home)
        #expect(scenario.outcome(own: scenario.own(tried: ["azure-od"])) == ["refused exhausted deal/home"])
    }

    @Test("A primary that asked to be left alone, with no ground to leave it, is busy until the time it stated")
    func busy() throws {
        var scenario = try Scenario(clauses: home)
        scenario.refuse("azure-od", .ownQuota, retryAfterMilliseconds: 7_000)
        #expect(scenario.outcome() == ["refused primary-busy deal/home"])
        #expect(scenario.decide().retryAt == scenario.now.advanced(byMilliseconds: 7_000))
    }
}
