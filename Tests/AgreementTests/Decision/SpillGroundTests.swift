// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Grounds for leaving the primary")
struct SpillGroundTests {
    private static let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first"

    /// A request for long context under `spill_on`, with some grounds established.
    private func outcome(_ spillOn: String, established: Set<String>) throws -> [String] {
        var scenario = try Scenario(clauses: Self.home + (spillOn.isEmpty ? "" : ", spill_on: \(spillOn)"))
        var workload = Scenario.chat
        workload.features = .longContext
        if established.contains("declined") { scenario.record(.decline(decline(scenario))) }
        var own = scenario.own(tried: ["azure-od"])
        if established.contains("capacity") { own = scenario.own(noCapacity: ["azure-od"], lastLaneAnswers: 1) }
        if established.contains("outage") {
            own.outage = scenario.own(outage: ["azure-od"]).outage
        }
        return scenario.outcome(workload, own: own)
    }

    private func decline(_ scenario: Scenario, features: FeatureSet = .longContext, models: [String] = []) -> Decline {
        Decline(
            cloud: "azure", features: features, models: models, requested: nil, answered: scenario.now,
            until: scenario.now.advanced(byMilliseconds: 3_600_000))
    }

    @Test(
        "A request leaves exactly when the condition over grounds is met, and shows the first ground of the text",
        arguments: [
            ("", [], nil), ("", ["capacity", "declined", "outage"], nil),
            ("capacity", ["capacity"], "capacity"), ("capacity", ["declined"], nil), ("capacity", ["outage"], nil),
            ("{any_of: [capacity, declined]}", ["capacity"], "capacity"),
            ("{any_of: [capacity, declined]}", ["declined"], "declined"),
            ("{any_of: [declined, capacity]}", ["declined", "capacity"], "declined"),
            ("{any_of: [capacity, declined]}", ["declined", "capacity"], "capacity"),
            ("{all_of: [capacity, declined]}", ["capacity"], nil),
            ("{all_of: [capacity, declined]}", ["declined"], nil),
            ("{all_of: [capacity, declined]}", ["capacity", "declined"], "capacity"),
            ("{any_of: [outage, {all_of: [capacity, declined]}]}", ["capacity"], nil),
            ("{any_of: [outage, {all_of: [capacity, declined]}]}", ["capacity", "declined"], "capacity"),
            ("{any_of: [outage, {all_of: [capacity, declined]}]}", ["outage"], "outage"),
            ("{any_of: [capacity, declined]}", ["outage"], nil),
        ] as [(String, [String], String?)])
    func condition(spillOn: String, established: [String], shown: String?) throws {
        let outcome = try outcome(spillOn, established: Set(established))
        #expect(outcome == [shown.map { "aws-od \($0)" } ?? "refused exhausted deal/home"])
    }

    @Test("Where several grounds hold, all that the clause names are recorded")
    func allRecorded() throws {
        var scenario = try Scenario(clauses: Self.home + ", spill_on: {any_of: [declined, capacity]}")
        var workload = Scenario.chat
        workload.features = .longContext
        let evidence = scenario.record(.decline(decline(scenario)))
        scenario.refuse("azure-od")
        let decision = scenario.decide(workload)
        #expect(decision[0].grounds == [.declined, .capacity])
        #expect(decision[0].shown == .declined)
        #expect(decision[0].evidence == evidence)
    }

    @Test("A decline moves just the requests that need the feature, and no others")
    func declineMovesFeature() throws {
        var scenario = try Scenario(clauses: Self.home + ", spill_on: {any_of: [capacity, declined]}")
        scenario.record(.decline(decline(scenario)))
        var workload = Scenario.chat
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        workload.features = .streaming
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        workload.features = [.streaming, .longContext]
        #expect(scenario.outcome(workload) == ["aws-od declined"])
    }

    @Test("A declined feature goes home all the same where no other cloud can serve it")
    func declinedButNowhereElse() throws {
        var scenario = try Scenario(
            clauses: Self.home + ", spill_on: {any_of: [capacity, declined]}",
            deployments: [Scenario.deployment("azure-od", on: "azure")])
        scenario.record(.decline(decline(scenario)))
        var workload = Scenario.chat
        workload.features = .longContext
        #expect(scenario.outcome(workload) == ["azure-od primary"])
    }

    @Test("A primary that has no deployment for the feature and declined it in writing lets the request go")
    func declinedAndNotConfigured() throws {
        var scenario = try Scenario(
            clauses: Self.home + ", spill_on: {any_of: [capacity, declined]}",
            deployments: [
                Scenario.deployment("azure-od", on: "azure", features: []), Scenario.deployment("aws-od", on: "aws"),
            ])
        scenario.record(.decline(decline(scenario)))
        var workload = Scenario.chat
        workload.features = .longContext
        #expect(scenario.outcome(workload) == ["aws-od declined"])
    }

    @Test("A decline that the clause does not name keeps the primary first, also while it lacks capacity")
    func declineNotNamed() throws {
        var scenario = try Scenario(clauses: Self.home + ", spill_on: {any_of: [capacity]}")
        scenario.record(.decline(decline(scenario)))
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        var workload = Scenario.chat
        workload.features = .longContext
        #expect(scenario.outcome(workload) == ["azure-od primary probe", "aws-od capacity"])
    }

    @Test("A decline about some models leaves the others alone")
    func declinedModels() throws {
        for (models, expected) in [(["gpt"], "aws-od declined"), (["other"], "azure-od primary")] {
            var scenario = try Scenario(clauses: Self.home + ", spill_on: {any_of: [declined]}")
            scenario.record(.decline(decline(scenario, models: models)))
            var workload = Scenario.chat
            workload.features = .longContext
            #expect(scenario.outcome(workload) == [expected])
        }
    }
}
