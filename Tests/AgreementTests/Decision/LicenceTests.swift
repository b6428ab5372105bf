// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Licences")
struct LicenceTests {
    private let licence = "kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: false"
    private let everywhere = ["aws-od not-covered", "azure-od not-covered"]

    private func day(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: text + "T00:00:00Z"))
    }

    @Test("A licence in its term limits nothing, and neither does none")
    func inTerm() throws {
        #expect(try Scenario(clauses: "id: ip, \(licence), through: 2032-12-31").outcome() == everywhere)
        #expect(Scenario().outcome() == everywhere)
    }

    @Test("Outside its term a licence forbids the deployments that its licensee operates, and no others")
    func lapsed() throws {
        var scenario = try Scenario(clauses: "id: ip, \(licence), through: 2032-12-31")
        let end = try day("2033-01-01")
        scenario.now = end.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == everywhere)
        #expect(scenario.terms().validUntil == end)
        scenario.now = end
        #expect(scenario.outcome() == ["aws-od not-covered"])
    }

    @Test("Before it begins a licence forbids too, once its paper is in effect")
    func beforeItsTerm() throws {
        var scenario = try Scenario(clauses: "id: ip, \(licence), from: 2026-07-01, through: 2032-12-31")
        #expect(scenario.outcome() == ["aws-od not-covered"])
        scenario.now = try day("2026-07-01")
        #expect(scenario.outcome() == everywhere)
    }

    @Test("A licence of a paper that is not in effect yet changes nothing")
    func paperOfTomorrow() throws {
        let paper = """
              - id: second
                kind: amendment
                amends: first
                effective: 2026-07-01
                operations:
                  - add: {id: ip, \(licence), from: 2026-08-01, through: 2032-12-31}

            """
        var scenario = Scenario([
            try Scenario.agreement(clauses: ["id: measure, kind: decline, cloud: azure"], more: paper)
        ])
        #expect(scenario.outcome() == everywhere)
        #expect(scenario.terms().validUntil == (try day("2026-07-01")))
        scenario.now = try day("2026-07-01")
        #expect(scenario.outcome() == ["aws-od not-covered"])
        scenario.now = try day("2026-08-01")
        #expect(scenario.outcome() == everywhere)
    }

    @Test("A licence that an amendment ended has run out")
    func ended() throws {
        let paper = """
              - {id: second, kind: amendment, amends: first, effective: 2026-05-01, operations: [{end: ip}]}

            """
        var scenario = Scenario([
            try Scenario.agreement(clauses: ["id: ip, \(licence), through: 2032-12-31"], more: paper)
        ])
        #expect(scenario.outcome() == ["aws-od not-covered"])
        scenario.now = try day("2026-04-30")
        #expect(scenario.outcome() == everywhere)
    }

    @Test("Another publisher's models and other channels are not the licence's business")
    func scope() throws {
        let scenario = try Scenario(clauses: "id: ip, \(licence), channels: [foundry], through: 2026-03-31")
        #expect(scenario.outcome() == everywhere)
        var workload = Scenario.chat
        workload[.channel] = "foundry"
        #expect(scenario.outcome(workload) == ["aws-od not-covered"])
        workload[.publisher] = "mistral"
        #expect(scenario.outcome(workload) == everywhere)
    }

    @Test("Of several licences for the same models one in its term is enough")
    func several() throws {
        let scenario = try Scenario(
            clauses: "id: old, \(licence), through: 2026-03-31", "id: new, \(licence), through: 2032-12-31")
        #expect(scenario.outcome() == everywhere)
    }

    @Test("A licence survives its end for its run-off and no longer")
    func runOff() throws {
        var scenario = try Scenario(clauses: "id: ip, \(licence), through: 2026-06-30, run_off: 30d")
        let end = try day("2026-07-31")
        scenario.now = end.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == everywhere)
        #expect(scenario.terms().validUntil == end)
        scenario.now = end
        #expect(scenario.outcome() == ["aws-od not-covered"])
    }

    @Test("A lapsed licence on the only deployments forbids, and names the licence")
    func forbids() throws {
        let scenario = try Scenario(
            clauses: "id: ip, \(licence), through: 2026-03-31",
            deployments: [Scenario.deployment("azure-od", on: "azure")])
        #expect(scenario.outcome() == ["refused forbidden deal/ip"])
    }

    @Test("A primary that may not serve any more gives no ground to leave it")
    func lapsedAtHome() throws {
        let scenario = try Scenario(
            clauses: "id: ip, \(licence), through: 2026-03-31",
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        #expect(scenario.outcome() == ["refused forbidden deal/ip"])
    }
}
