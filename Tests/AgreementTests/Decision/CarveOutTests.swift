// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Aspects and carve-outs")
struct CarveOutTests {
    private let government = "carve_outs: [{id: government, applies_to: {customer_class: [national-security]}}]"
    private var official: Workload {
        var workload = Scenario.chat
        workload[.customerClass] = "national-security"
        return workload
    }

    @Test("Exclusivity on hosting keeps requests on its cloud")
    func hosting() throws {
        let scenario = try Scenario(clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure")
        #expect(scenario.outcome() == ["azure-od primary"])
        #expect(scenario.clause(of: scenario.decide(), 0) == "deal/host")
    }

    @Test("No evidence lets a request leave an exclusive cloud")
    func hostingHasNoGround() throws {
        var scenario = try Scenario(clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure")
        scenario.refuse("azure-od")
        #expect(scenario.decide().refusal == .primaryBusy)
        let own = scenario.own(noCapacity: ["azure-od"], lastLaneAnswers: 1)
        #expect(!scenario.decide(own: own).lists(deployment: 0))
    }

    @Test("Exclusivity on licensing or capacity never blocks hosting", arguments: ["licensing", "capacity"])
    func otherAspects(aspect: String) throws {
        let scenario = try Scenario(clauses: "id: only, kind: exclusivity, aspect: \(aspect), cloud: azure")
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
    }

    @Test("Exclusive distribution on one cloud and exclusive hosting on another live together")
    func distribution() throws {
        let scenario = Scenario([
            try Scenario.agreement("host", clauses: ["id: host, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement("sell", clauses: ["id: sell, kind: exclusivity, aspect: distribution, cloud: aws"]),
        ])
        var workload = Scenario.chat
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        workload[.channel] = "aws"
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        workload[.channel] = "own-website"
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        workload[.channel] = "gcp"
        #expect(scenario.outcome(workload) == ["refused forbidden sell/sell host/host"])
    }

    @Test("A carve-out lets its requests go, on the ground carve-out and by the clause that holds it")
    func carveOut() throws {
        let scenario = try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, \(government)")
        #expect(scenario.outcome() == ["azure-od primary"])
        #expect(scenario.outcome(official) == ["aws-od carve-out", "azure-od primary"])
        let decision = scenario.decide(official)
        #expect(scenario.clause(of: decision, 0) == "deal/host")
        #expect(decision[0].grounds == .carveOut)
    }

    @Test("A carve-out lifts the clause that holds it and no other")
    func onlyItsOwn() throws {
        let scenario = try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, \(government)",
            "id: other, kind: exclusivity, aspect: hosting, cloud: azure")
        #expect(scenario.outcome(official) == ["azure-od primary"])
        #expect(scenario.clause(of: scenario.decide(official), 0) == "deal/other")
    }

    @Test("A carve-out of an exclusivity leaves the primary cloud binding")
    func primaryStillBinds() throws {
        let scenario = try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, \(government)",
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first")
        #expect(scenario.outcome(official) == ["azure-od primary"])
        #expect(scenario.clause(of: scenario.decide(official), 0) == "deal/home")
    }

    @Test("A carve-out of a licence or an embargo is no ground to leave a primary")
    func noGround() throws {
        let scenario = try Scenario(
            clauses: "id: first, kind: launch-first, cloud: azure, \(government)")
        #expect(scenario.outcome(official) == ["aws-od not-covered", "azure-od not-covered"])
        #expect(scenario.outcome() == ["azure-od not-covered"])
    }

    @Test("`other` is a value that no selector of the agreement names, and so is no value at all")
    func other() throws {
        let scenario = try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: [other]}",
            "id: named, kind: decline, cloud: azure, applies_to: {product: [search, \"labs-*\"]}")
        let bound = ["azure-od primary"]
        let free = ["aws-od not-covered", "azure-od not-covered"]
        for (product, expected) in [("chat", bound), ("search", free), ("labs-7", free), ("labs", bound), ("", bound)] {
            var workload = Scenario.chat
            workload[.product] = product
            #expect(scenario.outcome(workload) == expected, "product \(product)")
        }
    }
}
