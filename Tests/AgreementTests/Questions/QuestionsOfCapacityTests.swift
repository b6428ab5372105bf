// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// The open questions about a primary that cannot or will not, each with the answer that decisions give.
@Suite("Questions of capacity")
struct QuestionsOfCapacityTests {
    private static let home =
        "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity, declined]}"

    private func decline(_ scenario: Scenario, requested: Instant?, answered: Instant?) -> PeopleEvidence.Subject {
        .decline(
            Decline(
                cloud: "azure", features: .longContext, models: [], requested: requested, answered: answered,
                until: .distantFuture))
    }

    @Test("Partial capacity (question 8): what is there is filled first, one probe at a time, and only the rest spills")
    func partialCapacity() throws {
        var scenario = Scenario(
            [try Scenario.agreement(clauses: [Self.home])],
            deployments: [
                Scenario.deployment("azure-east", on: "azure"),
                Scenario.deployment("azure-west", on: "azure", region: "west", rank: 1),
                Scenario.deployment("aws-od", on: "aws"),
            ])
        // One region of two is full: everything goes to the other.
        scenario.refuse("azure-east", retryAfterMilliseconds: 5_000)
        #expect(scenario.outcome() == ["azure-west primary"])
        scenario.refuse("azure-west", retryAfterMilliseconds: 5_000)
        #expect(scenario.outcome() == ["aws-od capacity"])
        // After the stated wait the primary is probed first, and the other cloud stands behind it.
        scenario.pass(milliseconds: 5_000)
        #expect(
            scenario.outcome() == ["azure-east primary probe", "azure-west primary probe", "aws-od capacity"])
        #expect(try scenario.window(of: "azure-west").admitted == 1)
        scenario.succeed("azure-west")
        scenario.succeed("azure-west")
        #expect(try scenario.window(of: "azure-west").admitted == 2)
    }

    @Test(
        """
        Flapping capacity (question 9): a window closes after the successes that the clause asks for, and \
        stale signals are no evidence
        """)
    func flapping() throws {
        var scenario = try Scenario(
            clauses: Self.home,
            "id: proof, kind: sufficiency, cloud: azure, window: {signals: 1, within: 1m, time_to_live: 1m}, "
                + "recovery: {successes: 2}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        scenario.succeed("azure-od", required: 2)
        #expect(scenario.outcome() == ["azure-od primary probe", "aws-od capacity"])
        // It flaps: the successes before are forgotten.
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        scenario.succeed("azure-od", required: 2)
        #expect(scenario.outcome().contains("aws-od capacity"))
        scenario.succeed("azure-od", required: 2)
        #expect(scenario.outcome() == ["azure-od primary"])
        // Without any success the signal is relied on for its time and not a nanosecond longer.
        scenario.refuse("azure-od", retryAfterMilliseconds: 0)
        let signal = scenario.now
        scenario.now = signal.advanced(byMilliseconds: 60_000).advanced(byNanoseconds: -1)
        #expect(scenario.outcome().contains("aws-od capacity"))
        scenario.now = signal.advanced(byMilliseconds: 60_000)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test(
        """
        A cloud that cannot and chooses not to (question 10) needs evidence of both; its silence is a \
        choice only where the clause says after how long
        """)
    func cannotAndWillNot() throws {
        let week: Int64 = 7 * 86_400_000
        for (silence, isChoice) in [("", false), (", silence: 7d", true)] {
            var scenario = try Scenario(
                clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, "
                    + "spill_on: {all_of: [capacity, declined]}",
                "id: asked, kind: decline, cloud: azure\(silence)")
            var workload = Scenario.chat
            workload.features = .longContext
            scenario.refuse("azure-od", retryAfterMilliseconds: 0)
            #expect(scenario.outcome(workload) == ["azure-od primary probe"])
            scenario.record(decline(scenario, requested: scenario.now, answered: nil))
            scenario.pass(milliseconds: week - 1)
            scenario.refuse("azure-od", retryAfterMilliseconds: 0)
            #expect(scenario.outcome(workload) == ["azure-od primary probe"])
            scenario.pass(milliseconds: 1)
            let away = scenario.outcome(workload)
            #expect(away == (isChoice ? ["aws-od capacity"] : ["azure-od primary probe"]))
            // Silence alone, once capacity is back, is not enough.
            scenario.pass(milliseconds: 120_000)
            #expect(scenario.outcome(workload) == ["azure-od primary"])
        }
    }

    @Test("A cloud that chooses not to (question 10) says so in a notice, which runs before it counts")
    func notice() throws {
        var scenario = try Scenario(clauses: Self.home, "id: asked, kind: decline, cloud: azure, notice: 30d")
        var workload = Scenario.chat
        workload.features = .longContext
        scenario.record(decline(scenario, requested: nil, answered: scenario.now))
        scenario.pass(milliseconds: 30 * 86_400_000 - 1)
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        scenario.pass(milliseconds: 1)
        #expect(scenario.outcome(workload) == ["aws-od declined"])
    }
}
