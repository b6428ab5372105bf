// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Launching first on one cloud")
struct LaunchFirstTests {
    private let everywhere = ["aws-od not-covered", "azure-od not-covered"]
    private let onlyAzure = ["azure-od not-covered"]

    private func launch(_ scenario: inout Scenario, at: Instant, on cloud: String = "azure", model: String = "gpt") {
        scenario.record(.launch(Launch(cloud: cloud, model: model, at: at)))
    }

    @Test("While no launch is recorded, other clouds wait")
    func noLaunch() throws {
        var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure")
        #expect(scenario.outcome() == onlyAzure)
        launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1), model: "another")
        launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1), on: "aws")
        #expect(scenario.outcome() == onlyAzure)
    }

    @Test("Where the clause names no lead, the launch must be strictly earlier")
    func strictlyEarlier() throws {
        var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure")
        launch(&scenario, at: scenario.now)
        #expect(scenario.outcome() == onlyAzure)
        #expect(scenario.outcome(at: scenario.now.advanced(byNanoseconds: 1)) == everywhere)
    }

    @Test("Where the same instant is enough, other clouds may follow at the launch")
    func sameInstant() throws {
        var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure, lead: same-instant-ok")
        launch(&scenario, at: scenario.now)
        #expect(scenario.outcome(at: scenario.now.advanced(byNanoseconds: -1)) == onlyAzure)
        #expect(scenario.outcome() == everywhere)
    }

    @Test("A lead in days is days of 24 hours, to the nanosecond")
    func leadDays() throws {
        var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure, lead: {days: 7}")
        launch(&scenario, at: scenario.now)
        let lifted = scenario.now.advanced(byMilliseconds: 7 * 86_400_000)
        #expect(scenario.outcome(at: lifted.advanced(byNanoseconds: -1)) == onlyAzure)
        #expect(scenario.outcome(at: lifted) == everywhere)
    }

    @Test("Of several records the earliest launch counts, and a revoked one does not")
    func earliest() throws {
        var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure")
        launch(&scenario, at: scenario.now.advanced(byMilliseconds: 60_000))
        let early = scenario.record(
            .launch(Launch(cloud: "azure", model: "gpt", at: scenario.now.advanced(byMilliseconds: -60_000))))
        #expect(scenario.outcome() == everywhere)
        scenario.record(.revocation(of: early))
        #expect(scenario.outcome() == onlyAzure)
    }

    @Test("Either of two grounds lifts the embargo where the exception says any, both must hold where it says all")
    func exception() throws {
        for (word, onCapacity) in [("any_of", everywhere), ("all_of", onlyAzure)] {
            var scenario = try Scenario(
                clauses: "id: first, kind: launch-first, cloud: azure, exception: {\(word): [capacity, declined]}")
            var workload = Scenario.chat
            workload.features = .longContext
            scenario.refuse("azure-od", retryAfterMilliseconds: 0)
            let probed = onCapacity.map { $0.hasPrefix("azure") ? $0 + " probe" : $0 }
            #expect(scenario.outcome(workload) == probed, "\(word)")
            scenario.record(
                .decline(
                    Decline(
                        cloud: "azure", features: .longContext, models: [], requested: nil, answered: scenario.now,
                        until: scenario.now.advanced(byMilliseconds: 3_600_000))))
            #expect(scenario.outcome(workload) == ["aws-od not-covered", "azure-od not-covered probe"], "\(word)")
        }
    }

    @Test("A model follows its base where the clause says so, over several generations")
    func derivatives() throws {
        let gpt = Scenario.chat
        for (words, follows) in [("", true), (", derivatives: follow-base", true), (", derivatives: own", false)] {
            var scenario = Scenario(
                [try Scenario.agreement(clauses: ["id: first, kind: launch-first, cloud: azure\(words)"])],
                derivatives: ["gpt": "gpt-base", "gpt-base": "gpt-seed", "gpt-seed": "gpt"])
            launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1), model: "unrelated")
            #expect(scenario.outcome(gpt) == onlyAzure)
            launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1), model: "gpt-seed")
            #expect(scenario.outcome(gpt) == (follows ? everywhere : onlyAzure), "\(words)")
        }
    }

    @Test("A base does not follow what is derived from it")
    func base() throws {
        var scenario = Scenario(
            [try Scenario.agreement(clauses: ["id: first, kind: launch-first, cloud: azure"])],
            derivatives: ["gpt-tuned": "gpt"])
        launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1), model: "gpt-tuned")
        #expect(scenario.outcome() == onlyAzure)
    }

    @Test("Only the milestone that the clause means by launch lifts the embargo", arguments: Launch.Milestone.allCases)
    func milestones(reached: Launch.Milestone) throws {
        for meant in LaunchFirstClause.Milestone.allCases {
            var scenario = try Scenario(
                clauses: "id: first, kind: launch-first, cloud: azure, launch: \(meant.rawValue)")
            let instant = scenario.now.advanced(byMilliseconds: -1)
            scenario.record(.launch(Launch(cloud: "azure", model: "gpt", milestone: reached, at: instant)))
            #expect(scenario.outcome() == (reached.name == meant.rawValue ? everywhere : onlyAzure), "\(meant)")
        }
    }

    @Test("A cloud's own delay lifts the embargo after the time that the clause gives, and never without one")
    func cure() throws {
        for (words, isCured) in [(", cure: 30d", true), ("", false)] {
            var scenario = try Scenario(clauses: "id: first, kind: launch-first, cloud: azure\(words)")
            scenario.record(
                .launch(Launch(cloud: "azure", model: "gpt", milestone: .handedOver, at: scenario.now)))
            scenario.pass(milliseconds: 30 * 86_400_000 - 1)
            #expect(scenario.outcome() == onlyAzure)
            scenario.pass(milliseconds: 1)
            #expect(scenario.outcome() == (isCured ? everywhere : onlyAzure))
        }
    }

    @Test("An embargo is no ground: with a primary a launched model still goes there first")
    func noGround() throws {
        var scenario = try Scenario(
            clauses: "id: first, kind: launch-first, cloud: azure",
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        scenario.refuse("azure-od")
        #expect(scenario.decide().refusal == .primaryBusy)
        launch(&scenario, at: scenario.now.advanced(byMilliseconds: -1))
        #expect(scenario.outcome() == ["aws-od capacity"])
        scenario.pass(milliseconds: 120_000)
        #expect(scenario.outcome() == ["azure-od primary"])
    }
}
