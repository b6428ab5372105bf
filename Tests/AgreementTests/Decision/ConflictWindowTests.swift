// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// Two agreements about the same products, from 27 February to 27 April 2026 and after.
@Suite("Two agreements at once")
struct ConflictWindowTests {
    private static let collaboration = workload("models", .statelessAPI, channel: "aws")
    private static let runtime = workload("stateful-runtime", .statefulAPI, channel: "aws")
    private static let frontier = workload("frontier", .firstPartyApp, channel: "direct")
    private static let nationalSecurity = workload(
        "models", .statelessAPI, channel: "direct", customers: "us-national-security")

    private static func workload(
        _ product: String, _ surface: Surface, channel: String, customers: String = "enterprise"
    ) -> Workload {
        Workload(
            [
                .product: product, .channel: channel, .customerClass: customers, .model: "gpt", .publisher: "openai",
            ], surface: surface)
    }

    private func resold(_ channel: String) -> Workload {
        var workload = Self.frontier
        workload[.channel] = channel
        return workload
    }

    private func document(_ name: String) throws -> AgreementDocument {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("partnerships/\(name).yaml"), file: "\(name).yaml")
        #expect(reading.diagnostics.isEmpty)
        return try #require(reading.document)
    }

    private func scenario(at instant: String) throws -> Scenario {
        var scenario = Scenario(
            [try document("microsoft-openai"), try document("amazon-openai")],
            deployments: [
                Scenario.deployment("azure-od", on: "azure"), Scenario.deployment("bedrock", on: "aws"),
                Scenario.deployment("govcloud", on: "aws", region: "us-gov-west-1"),
                Scenario.deployment("vertex", on: "gcp"),
            ])
        scenario.now = try #require(Instant(rfc3339: instant))
        return scenario
    }

    @Test(
        "In the window each request goes where both agreements let it",
        arguments: ["2026-02-27T08:00:00Z", "2026-03-15T12:00:00Z", "2026-04-27T06:59:59.999999999Z"])
    func window(instant: String) throws {
        let scenario = try scenario(at: instant)
        #expect(scenario.outcome(Self.collaboration) == ["azure-od primary"])
        #expect(scenario.outcome(Self.runtime) == ["bedrock primary", "govcloud primary"])
        #expect(scenario.outcome(Self.frontier) == ["azure-od primary"])
        #expect(scenario.outcome(resold("aws")) == ["azure-od primary"])
        #expect(scenario.outcome(resold("gcp")) == ["refused forbidden amazon-openai/frontier-distribution"])
        #expect(scenario.outcome(resold("azure")) == ["refused forbidden amazon-openai/frontier-distribution"])
        #expect(
            scenario.outcome(Self.nationalSecurity) == [
                "azure-od primary", "bedrock carve-out", "govcloud carve-out", "vertex carve-out",
            ])
    }

    @Test("Each placement names the clause of the agreement that binds it")
    func clauses() throws {
        let scenario = try scenario(at: "2026-03-15T12:00:00Z")
        for (workload, clause) in [
            (Self.collaboration, "microsoft-openai/api-on-azure"),
            (Self.frontier, "microsoft-openai/first-party-on-azure"),
            (Self.runtime, "amazon-openai/stateful-runtime"),
        ] {
            #expect(scenario.clause(of: scenario.decide(workload), 0) == clause)
        }
    }

    @Test("Before the window nothing of Amazon's agreement holds")
    func before() throws {
        let scenario = try scenario(at: "2026-02-27T07:59:59.999999999Z")
        #expect(scenario.outcome(resold("gcp")) == ["azure-od primary"])
        #expect(scenario.outcome(Self.runtime).allSatisfy { $0.hasSuffix("not-covered") })
    }

    @Test("From 27 April any cloud may serve, Azure first; distribution is another aspect and stays as it is")
    func after() throws {
        var scenario = try scenario(at: "2026-04-27T07:00:00Z")
        let launched = scenario.now.advanced(byMilliseconds: -1)
        scenario.record(.launch(Launch(cloud: "azure", model: "gpt", at: launched)))
        let elsewhere = ["bedrock capacity", "govcloud capacity", "vertex capacity"]
        for workload in [Self.collaboration, Self.frontier, Self.nationalSecurity] {
            #expect(scenario.outcome(workload) == ["azure-od primary"])
        }
        #expect(scenario.outcome(Self.runtime) == ["bedrock primary", "govcloud primary"])
        scenario.refuse("azure-od", retryAfterMilliseconds: 60_000)
        for workload in [Self.collaboration, Self.frontier, Self.nationalSecurity] {
            #expect(scenario.outcome(workload) == elsewhere)
        }
        #expect(scenario.outcome(resold("gcp")) == ["refused forbidden amazon-openai/frontier-distribution"])
    }

    @Test("A product that is not launched on Azure waits elsewhere, unless Azure cannot and will not")
    func first() throws {
        var scenario = try scenario(at: "2026-04-27T07:00:00Z")
        scenario.refuse("azure-od", retryAfterMilliseconds: 60_000)
        #expect(
            scenario.outcome(Self.frontier) == ["refused primary-busy microsoft-openai/primary"])
        var workload = Self.frontier
        workload.features = .longContext
        scenario.record(
            .decline(
                Decline(
                    cloud: "azure", features: .longContext, models: [], requested: nil, answered: scenario.now,
                    until: .distantFuture)))
        #expect(scenario.outcome(workload).first == "bedrock capacity")
    }

    @Test("What one agreement binds to Azure and the other to AWS is refused, and both clauses are named")
    func conflict() throws {
        var microsoft = try document("microsoft-openai")
        for (index, instrument) in microsoft.instruments.enumerated() {
            microsoft.instruments[index].operations = instrument.operations.map { operation in
                guard case .add(var clause) = operation, clause.id == "primary" else { return operation }
                clause.carveOuts = []
                return .add(clause)
            }
        }
        let amazon = try document("amazon-openai")
        // In whichever order they were adopted.
        for agreements in [[microsoft, amazon], [amazon, microsoft]] {
            var scenario = Scenario(agreements)
            #expect(
                scenario.outcome(Self.runtime) == [
                    "refused conflict microsoft-openai/primary amazon-openai/stateful-runtime"
                ])
            scenario.refuse("azure-od")
            #expect(scenario.decide(Self.runtime).refusal == .conflict)
            #expect(scenario.outcome(Self.collaboration).count == 1)
        }
    }

    @Test("A channel that bears no cloud's name is the seller's own, and any cloud that is known counts as one")
    func channels() throws {
        let scenario = try scenario(at: "2026-03-15T12:00:00Z")
        for channel in ["", "direct", "foundry", "reseller-gcp"] {
            #expect(scenario.outcome(resold(channel)) == ["azure-od primary"], "\(channel)")
        }
        // Amazon's agreement does not declare gcp; the other one and the deployments do.
        let alone = Scenario([try document("amazon-openai")], deployments: [Scenario.deployment("vertex", on: "gcp")])
        #expect(alone.outcome(resold("gcp")) == ["refused forbidden amazon-openai/frontier-distribution"])
    }
}
