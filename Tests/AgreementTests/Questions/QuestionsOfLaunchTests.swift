// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// The open questions about "ships first", each with the answer that decisions give.
@Suite("Questions of launches")
struct QuestionsOfLaunchTests {
    private let everywhere = ["aws-od not-covered", "azure-od not-covered"]
    private let onlyAzure = ["azure-od not-covered"]

    private func scenario(_ words: String = "", derivatives: [String: String] = [:]) throws -> Scenario {
        Scenario(
            [try Scenario.agreement(clauses: ["id: first, kind: launch-first, cloud: azure\(words)"])],
            derivatives: derivatives)
    }

    private func reach(
        _ milestone: Launch.Milestone, in scenario: inout Scenario, model: String = "gpt"
    ) {
        scenario.record(.launch(Launch(cloud: "azure", model: model, milestone: milestone, at: scenario.now)))
    }

    @Test(
        """
        First (question 11) means the recorded general availability, any instant earlier; a tie is first \
        only where the clause says so
        """)
    func first() throws {
        var strict = try scenario()
        reach(.preview, in: &strict)
        reach(.firstBillableRequest, in: &strict)
        strict.pass(milliseconds: 86_400_000)
        #expect(strict.outcome() == onlyAzure)
        reach(.generalAvailability, in: &strict)
        #expect(strict.outcome() == onlyAzure)
        #expect(strict.outcome(at: strict.now.advanced(byNanoseconds: 1)) == everywhere)

        var tied = try scenario(", lead: same-instant-ok")
        reach(.generalAvailability, in: &tied)
        #expect(tied.outcome() == everywhere)

        var preview = try scenario(", launch: preview, lead: same-instant-ok")
        reach(.preview, in: &preview)
        #expect(preview.outcome() == everywhere)
    }

    @Test(
        """
        A fine-tune, a distillation or a new version (question 12) follows its base, unless the clause \
        wants a launch of its own
        """)
    func derivatives() throws {
        for (words, follows) in [("", true), (", derivatives: own", false)] {
            var scenario = try scenario(words, derivatives: ["gpt": "gpt-base"])
            #expect(scenario.outcome() == onlyAzure)
            reach(.generalAvailability, in: &scenario, model: "gpt-base")
            scenario.pass(milliseconds: 1)
            #expect(scenario.outcome() == (follows ? everywhere : onlyAzure))
            reach(.generalAvailability, in: &scenario)
            scenario.pass(milliseconds: 1)
            #expect(scenario.outcome() == everywhere)
        }
    }

    @Test(
        """
        The partner's own delay (question 13) lets others go first only after the cure that the clause \
        gives, counted from the handing over
        """)
    func ownDelay() throws {
        for (words, isCured) in [("", false), (", cure: 14d", true)] {
            var scenario = try scenario(words)
            scenario.pass(milliseconds: 90 * 86_400_000)
            #expect(scenario.outcome() == onlyAzure)
            reach(.handedOver, in: &scenario)
            scenario.pass(milliseconds: 14 * 86_400_000 - 1)
            #expect(scenario.outcome() == onlyAzure)
            scenario.pass(milliseconds: 1)
            #expect(scenario.outcome() == (isCured ? everywhere : onlyAzure))
        }
    }
}
