// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Records
import Service
import Testing

@Suite("An agreement on trial")
struct TrialTests {
    /// As the primary cloud's agreement, with a draft after which only both grounds together let a request leave.
    static let bothGrounds =
        TestAgreement.primaryCloud
            + """
              - id: stricter
                kind: amendment
                amends: signed
                draft: true
                effective: 2020-02-01
                operations:
                  - replace: {id: primary, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {all_of: [capacity, declined]}}

            """

    @Test(
        "moves nothing; demand and evidence are held (question 23), and each decision that it would change is counted")
    func counts() async throws {
        let setup = GatewayBed.Setup { $0.trial = [Self.bothGrounds] }
        #expect(setup.trialAgreements?.documents.count == 1)
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 200)
            try bed.lackCapacity()
            let spilled = try await bed.chat()
            #expect(spilled.status == 200)
            #expect(spilled["x-concordat-ground"] == "capacity")
            let metrics = await bed.application.server.metrics()
            #expect(metrics.shadowDecisions >= 3)
            #expect(metrics.shadowDifferences.values.reduce(0, +) == 1)
            let change = try #require(metrics.shadowDifferences.keys.first)
            #expect(change.from == "aws on capacity")
            #expect(change.to == "exhausted" || change.to == "primary-busy")
            let text = try await bed.get("/metrics").body
            #expect(text.contains("concordat_shadow_differences_total{from=\"aws on capacity\",to=\"\(change.to)\"} 1"))
            // The ledger holds what the adopted agreement said, and nothing of the trial.
            try await bed.settled()
            let decisions = try await bed.entries().filter { if case .decision = $0 { true } else { false } }
            #expect(decisions.count == Int(metrics.shadowDecisions))
        }
    }

    @Test("is not in the metrics of a gateway without one")
    func absent() async throws {
        try await GatewayBed.run { bed in
            try await #expect(bed.get("/metrics").body.contains("shadow") == false)
        }
    }
}
