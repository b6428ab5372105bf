// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("The order of deployments")
struct LadderTests {
    private let azure =
        "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}"

    @Test("The primary's ladder is the reserved lane, the on-demand lane, then its other regions in the same way")
    func ladder() throws {
        let scenario = try Scenario(
            clauses: azure,
            deployments: [
                Scenario.deployment("a-west-od", on: "azure", region: "west", rank: 1),
                Scenario.deployment("b-west-ptu", on: "azure", region: "west", lane: .reserved, rank: 1),
                Scenario.deployment("c-east-od", on: "azure", region: "east"),
                Scenario.deployment("d-east-ptu", on: "azure", region: "east", lane: .reserved),
                Scenario.deployment("e-aws", on: "aws"),
            ])
        #expect(
            scenario.outcome() == [
                "d-east-ptu primary", "c-east-od primary", "b-west-ptu primary", "a-west-od primary",
            ])
    }

    @Test("Behind the primary stand the other clouds in tiers by rank, then by identifier")
    func tiers() throws {
        var scenario = try Scenario(
            clauses: azure,
            deployments: [
                Scenario.deployment("azure-od", on: "azure"),
                Scenario.deployment("z-first", on: "gcp", rank: 1),
                Scenario.deployment("b-second", on: "gcp", rank: 2),
                Scenario.deployment("a-second", on: "aws", rank: 2),
            ])
        scenario.refuse("azure-od")
        #expect(scenario.outcome() == ["z-first capacity", "a-second capacity", "b-second capacity"])
    }

    @Test("A full reserved lane is no ground: the request moves down the ladder and stays home")
    func reservedFull() throws {
        var scenario = try Scenario(
            clauses: azure,
            deployments: [
                Scenario.deployment("azure-ptu", on: "azure", lane: .reserved),
                Scenario.deployment("azure-od", on: "azure"), Scenario.deployment("aws-od", on: "aws"),
            ])
        scenario.refuse("azure-ptu", .reservedFull, retryAfterMilliseconds: 20_000)
        #expect(scenario.outcome() == ["azure-od primary"])
        #expect(scenario.outcome(own: scenario.own(tried: ["azure-ptu"])) == ["azure-od primary"])
    }

    @Test("Only the primary's last lane says that the primary lacks capacity")
    func lastLane() throws {
        var scenario = try Scenario(
            clauses: azure,
            deployments: [
                Scenario.deployment("azure-ptu", on: "azure", lane: .reserved),
                Scenario.deployment("azure-od", on: "azure"), Scenario.deployment("aws-od", on: "aws"),
            ])
        scenario.refuse("azure-ptu", .noCapacity, retryAfterMilliseconds: 20_000)
        let own = scenario.own(noCapacity: ["azure-ptu"], lastLaneAnswers: 1)
        #expect(scenario.outcome(own: own) == ["azure-od primary"])
        scenario.refuse("azure-od", .noCapacity, retryAfterMilliseconds: 20_000)
        #expect(scenario.outcome() == ["aws-od capacity"])
    }

    @Test("Where no clause is about the request, every cloud is listed by rank on the ground not-covered")
    func notCovered() throws {
        let scenario = try Scenario(
            clauses: azure + ", applies_to: {product: [search]}",
            deployments: [
                Scenario.deployment("azure-od", on: "azure", rank: 2),
                Scenario.deployment("aws-od", on: "aws", rank: 1),
            ])
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
        #expect(scenario.clause(of: scenario.decide(), 0) == "")
    }

    @Test("A primary that is only a label binds nothing")
    func label() throws {
        let scenario = try Scenario(clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: label-only")
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
    }

    @Test("An entry names the clause that binds it, and the evidence that it rests on")
    func provenance() throws {
        var scenario = try Scenario(clauses: azure)
        #expect(scenario.clause(of: scenario.decide(), 0) == "deal/home")
        let opening = scenario.refuse("azure-od")
        let spill = scenario.decide()
        #expect(scenario.clause(of: spill, 0) == "deal/home")
        #expect(spill[0].evidence == opening)
        #expect(spill[0].grounds == .capacity)
    }

    @Test("A request that rests on its own signals names no other evidence")
    func ownEvidence() throws {
        var scenario = try Scenario(
            clauses: azure, "id: proof, kind: sufficiency, cloud: azure, window: {signals: 3}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        let decision = scenario.decide(own: scenario.own(noCapacity: ["azure-od"], lastLaneAnswers: 1))
        #expect(decision.count == 1)
        #expect(decision[0].shown == .capacity)
        #expect(decision[0].evidence == 0)
    }

    @Test("A decision lists sixteen deployments at most, the first ones")
    func limit() throws {
        let many = (0..<40).map { Scenario.deployment("azure-\($0 + 10)", on: "azure", region: "r\($0 + 10)") }
        let scenario = try Scenario(clauses: azure, deployments: many.reversed())
        #expect(scenario.outcome() == (10..<26).map { "azure-\($0) primary" })
    }
}
