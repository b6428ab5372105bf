// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Service
import Testing

@Suite("Offers, launches and limits in a running gateway")
struct GateTests {
    private static let paper = EvidenceOrder.Document(name: "offer.pdf", sha256: Data(repeating: 7, count: 32))

    @Test("a deployment on offered capacity is closed until the holder has declined the offer, also over a restart")
    func offer() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let agreement = TestAgreement.text(
            id: "deal",
            clauses: """
                - {id: first-look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, response_window: 10d}
                """)
        let setup = GatewayBed.Setup {
            $0.agreements = [agreement]
            $0.clouds = ["aws"]
            $0.capacityOffers = ["aws": "site-9"]
            $0.folder = folder
        }
        let offered = { (bed: GatewayBed) in
            EvidenceOrder.Subject.offer(
                OfferOrder(
                    agreement: "deal", clause: "first-look", offer: "site-9", quantity: "2 GW", at: bed.now()))
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 403)
            try await bed.record(offered(bed), document: Self.paper)
            try await #expect(bed.chat().status == 403)
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 403)
            let declined = OfferAnswerOrder(agreement: "deal", offer: "site-9", answer: "declined", at: bed.now())
            let answer = try await bed.record(.offerAnswer(declined), party: "microsoft").number
            try await #expect(bed.chat().status == 200)
            try await bed.record(.revocation(RevocationOrder(number: answer)), party: "microsoft")
            try await #expect(bed.chat().status == 403)
        }
    }

    @Test("a derived model follows the launch of its base, which nothing here serves")
    func derivative() async throws {
        let agreement = TestAgreement.text(
            id: "deal", clauses: "- {id: azure-first, kind: launch-first, cloud: azure}")
        let setup = GatewayBed.Setup {
            $0.agreements = [agreement]
            $0.clouds = ["aws"]
            $0.derivatives = ["gpt": "gpt-base"]
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 403)
            try await bed.record(.launch(LaunchOrder(cloud: "azure", model: "gpt-base", at: bed.now())))
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("a reading above the limit closes the workload, and the next one below it opens it again")
    func limit() async throws {
        let agreement = TestAgreement.text(
            id: "deal",
            clauses: "- {id: compute, kind: limit, meter: flops, of: Compute., at_most: 1e26 FLOP, on_missing: permit}")
        try await GatewayBed.run(.init { $0.agreements = [agreement] }) { bed in
            let read = { (value: String) in
                EvidenceOrder.Subject.meterReading(
                    MeterReadingOrder(
                        meter: "flops", value: value, at: bed.now(), until: bed.now(plusMilliseconds: 3_600_000)))
            }
            try await #expect(bed.chat().status == 200)
            try await expectWithinASecond {
                let start = ContinuousClock.now
                let number = try await bed.record(read("2e26 FLOP")).number
                try await #expect(bed.chat().status == 403)
                let duration = ContinuousClock.now - start
                try await bed.record(read("9e25 FLOP"))
                try await #expect(bed.chat().status == 200)
                #expect(bed.facts.record(number) != nil)
                return duration
            }
        }
    }
}
