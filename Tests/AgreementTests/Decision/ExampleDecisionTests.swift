// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// What the examples decide, as the comments at their tops say.
@Suite("Decisions under the examples")
struct ExampleDecisionTests {
    private static let everywhere = ["aws-od not-covered", "azure-od not-covered", "gcp-od not-covered"]
    private static let azure = ["azure-od primary"]
    private static let clouds = [
        Scenario.deployment("aws-od", on: "aws"), Scenario.deployment("azure-od", on: "azure"),
        Scenario.deployment("gcp-od", on: "gcp"),
    ]

    private func workload(_ product: String, _ surface: Surface = .statelessAPI) -> Workload {
        Workload(
            [.product: product, .channel: "direct", .model: "gpt", .publisher: "openai"], surface: surface)
    }

    private func scenario(
        _ name: String, at instant: String, deployments: [Deployment] = ExampleDecisionTests.clouds
    ) throws -> Scenario {
        let reading = try AgreementReader.read(bytes: LanguageFiles.example(name), file: name)
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
        var scenario = Scenario([document], deployments: deployments)
        scenario.now = try #require(Instant(rfc3339: instant))
        return scenario
    }

    @Test(
        "The public record of Microsoft and OpenAI binds less with each of its papers",
        arguments: [
            ("2022-01-01T00:00:00Z", azure, azure, azure, azure),
            ("2024-01-01T00:00:00Z", azure, azure, azure, azure),
            ("2025-06-01T00:00:00Z", azure, azure, everywhere, everywhere),
            ("2025-12-01T00:00:00Z", azure, everywhere, azure, everywhere),
            ("2026-03-15T00:00:00Z", azure, everywhere, azure, everywhere),
            ("2026-05-01T00:00:00Z", azure, azure, azure, azure),
        ] as [(String, [String], [String], [String], [String])])
    func publicRecord(
        instant: String, stateless: [String], stateful: [String], application: [String], other: [String]
    ) throws {
        let scenario = try scenario("microsoft-openai.yaml", at: instant)
        #expect(scenario.outcome(workload("models")) == stateless)
        #expect(scenario.outcome(workload("models", .statefulAPI)) == stateful)
        #expect(scenario.outcome(workload("chat", .firstPartyApp)) == application)
        #expect(scenario.outcome(workload("devices", .nonAPI)) == other)
    }

    @Test("The two readings of April 2026 differ for a model that is not launched on Azure yet")
    func twoReadings() throws {
        for (name, expected) in [
            ("microsoft-openai-as-reported.yaml", ["aws-od capacity", "gcp-od capacity"]),
            ("microsoft-openai.yaml", ["refused primary-busy microsoft-openai/primary"]),
        ] {
            var scenario = try scenario(name, at: "2026-05-01T00:00:00Z")
            scenario.refuse("azure-od", retryAfterMilliseconds: 60_000)
            #expect(scenario.outcome(workload("models")) == expected)
            let launched = scenario.now.advanced(byMilliseconds: -86_400_000)
            scenario.record(.launch(Launch(cloud: "azure", model: "gpt", at: launched)))
            #expect(scenario.outcome(workload("models")) == ["aws-od capacity", "gcp-od capacity"])
        }
    }

    @Test("In 2025 new capacity elsewhere waits for Microsoft's ten business days, except for research")
    func newCapacity() throws {
        var scenario = try scenario(
            "microsoft-openai.yaml", at: "2025-03-03T20:00:00Z",
            deployments: [
                Scenario.deployment("azure-od", on: "azure"),
                Scenario.deployment("new-site", on: "oracle", capacityOffer: "site-1"),
            ])
        let closed = ["azure-od not-covered"]
        let chat = workload("chat", .firstPartyApp)
        #expect(scenario.outcome(chat) == closed)
        #expect(scenario.decide(workload("research", .nonAPI)).count == 2)
        try scenario.offer(id: "site-1", agreement: "microsoft-openai", clause: "new-capacity")
        // The tenth business day in Los Angeles after Monday, 3 March 2025, is Monday the 17th.
        scenario.now = try #require(Instant(rfc3339: "2025-03-18T06:59:59Z"))
        #expect(scenario.outcome(chat) == closed)
        scenario.now = try #require(Instant(rfc3339: "2025-03-18T07:00:00Z"))
        #expect(scenario.outcome(chat) == ["azure-od not-covered", "new-site not-covered"])
    }

    @Test("Labels of a primary cloud decide nothing; products are bound to their clouds")
    func labels() throws {
        let before = try scenario("anthropic-multi-cloud.yaml", at: "2025-12-01T00:00:00Z")
        let after = try scenario("anthropic-multi-cloud.yaml", at: "2026-02-01T00:00:00Z")
        for (product, expected) in [
            ("bedrock", ["aws-od primary"]), ("vertex", ["gcp-od primary"]), ("foundry", Self.azure),
            ("claude-api", ["aws-od primary"]),
        ] {
            #expect(before.outcome(workload(product)) == Self.everywhere)
            #expect(after.outcome(workload(product)) == expected)
        }
        #expect(after.outcome(workload("training", .nonAPI)) == Self.everywhere)
    }

    @Test(
        "The suspension of 2027 lets requests go anywhere, from its first day through its last",
        arguments: [
            ("2027-04-01T03:59:59Z", ["aws-od primary"]), ("2027-04-01T04:00:00Z", everywhere),
            ("2027-10-01T03:59:59Z", everywhere), ("2027-10-01T04:00:00Z", ["aws-od primary"]),
        ] as [(String, [String])])
    func suspension(instant: String, expected: [String]) throws {
        #expect(try scenario("enterprise-edp.yaml", at: instant).outcome(workload("search")) == expected)
    }

    @Test("A commitment of money alone binds no request")
    func moneyAlone() throws {
        let scenario = try scenario("enterprise-macc.yaml", at: "2028-01-01T00:00:00Z")
        #expect(scenario.outcome(workload("search")) == Self.everywhere)
    }
}
