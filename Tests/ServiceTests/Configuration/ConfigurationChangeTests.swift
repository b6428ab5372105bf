// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Service
import Testing

@Suite("What a reload would change")
struct ConfigurationChangeTests {
    private func prepared(_ change: (inout GatewayConfiguration) -> Void = { _ in }) throws -> PreparedConfiguration {
        let reading = ConfigurationFiles.read(SampleConfiguration.text(upstream: SampleConfiguration.local))
        var configuration = try #require(reading.configuration)
        // The fixtures' agreement is there to be named, and empty.
        configuration.agreementFiles = []
        change(&configuration)
        return try PreparedConfiguration(configuration, environment: [:]) { _ in }
    }

    @Test("Settings that are handed over are named, and the same configuration changes nothing")
    func named() throws {
        let old = try prepared()
        #expect(ConfigurationChange(from: old, to: try prepared()).names.isEmpty)
        #expect(ConfigurationChange(from: old, to: try prepared()).fixed.isEmpty)
        let change = ConfigurationChange(
            from: old,
            to: try prepared {
                $0.onLedgerLoss = .refuse
                $0.limits.requestsMax = 1
                let known = $0.deployments[0].deployment
                $0.deployments[0].deployment = known.named("other", serving: known.features)
            })
        #expect(change.names == ["on_ledger_loss", "limits", "deployments"])
        #expect(change.fixed.isEmpty)
    }

    @Test("P36: a setting that no reload hands over is never said to be in force")
    func fixed() throws {
        let change = ConfigurationChange(
            from: try prepared(),
            to: try prepared {
                $0.durability = .relaxed
                $0.speed = 2
            })
        #expect(
            change.fixed == ["`durability` is strict and would become relaxed", "`speed` would become another"])
    }
}
