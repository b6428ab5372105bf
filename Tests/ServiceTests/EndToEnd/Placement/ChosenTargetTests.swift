// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import Providers
import Records
import Service
import Testing

/// A way in which a request comes to a target that fails, and where it may go from there.
private enum Choice: String, CaseIterable, CustomTestStringConvertible {
    case firstListed, spilled, declined, migrated, offered

    var testDescription: String { rawValue }

    /// The deployment that fails.
    var target: String { self == .firstListed ? "azure-reserved" : "aws-on-demand" }

    /// All attempts, in their order.
    var attempts: [String] {
        switch self {
        case .firstListed: ["azure-reserved", "azure-on-demand"]
        case .spilled, .offered: ["azure-reserved", "azure-on-demand", "aws-on-demand", "oracle-on-demand"]
        case .declined: ["aws-on-demand", "oracle-on-demand"]
        case .migrated: ["aws-on-demand", "azure-reserved"]
        }
    }

    var agreement: String {
        let primary = TestAgreement.primary(spillOn: "{any_of: [capacity, declined]}")
        guard self == .offered else { return primary }
        return primary
            + "      - {id: first-look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, "
            + "trigger: {text: New capacity.}, response_window: 10d}\n"
    }
}

/// What the target does instead of serving.
private enum Failure: String, CaseIterable, CustomTestStringConvertible {
    case limited, unavailable, closed

    var testDescription: String { rawValue }

    var steps: [RecordingUpstream.Step] {
        switch self {
        case .limited:
            [.send(UpstreamText.answer(429, #"{"error":{"code":"throttling_error","message":"x"}}"#))]
        case .unavailable: [.send(UpstreamText.unavailable)]
        case .closed: [.close]
        }
    }
}

@Suite("A target that fails")
struct ChosenTargetTests {
    @Test(
        "P3: is left in the same request, however it was chosen and whatever it does",
        arguments: Choice.allCases, Failure.allCases)
    private func samePath(choice: Choice, failure: Failure) async throws {
        let azure = try await RecordingUpstream.start { request, _ in
            switch choice {
            case .firstListed where request.body.contains("gpt-ptu"): failure.steps
            case .spilled, .offered: [.send(UpstreamText.noCapacity())]
            default: [.send(UpstreamText.answer())]
            }
        }
        let aws = try await RecordingUpstream.start { _, _ in failure.steps }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": azure.port, "aws": aws.port]
            $0.agreements = [choice.agreement]
            if choice == .offered { $0.capacityOffers = ["aws": "site-9"] }
        }
        try await GatewayBed.run(setup) { bed in
            try await bed.prepare(choice)
            let answer = try await bed.chat(Self.body)
            #expect(answer.status == 200)
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.deployment) == choice.attempts)
            #expect(placement.outcome == .served)
            let failed = try #require(placement.attempts.first { $0.deployment == choice.target })
            if failure == .limited {
                #expect(failed.status == 429)
            } else {
                #expect(failed.signal == SignalClass.outage.rawValue)
            }
            #expect(aws.requests.count == (choice == .firstListed ? 0 : 1))
        }
        await azure.stop()
        await aws.stop()
    }

    private static let body =
        #"{"model":"gpt","max_tokens":5,"prompt_cache_key":"talk","user":"u","messages":[],"#
        + #""tools":[{"type":"function","function":{"name":"f"}}]}"#

    @Test(
        "P2: is not asked again in the same request, though the client names a cache key and a user, on any lane",
        arguments: [false, true])
    func affinity(streams: Bool) async throws {
        let full = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity("retry-after: 0"))] }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": full.port, "aws": full.port]
            $0.twin = full.port
        }
        try await GatewayBed.run(setup) { bed in
            let body = #"{"model":"gpt","stream":\#(streams),"prompt_cache_key":"talk","user":"u","messages":[]}"#
            for _ in 0..<6 {
                let answer = try await bed.chat(body)
                #expect(answer.status == 200)
                #expect(answer["x-concordat-deployment"] == "oracle-on-demand")
            }
            let placements = try await bed.placements(6)
            #expect(
                placements[0].attempts.map(\.deployment).sorted() == [
                    "aws-on-demand", "azure-on-demand", "azure-reserved", "azure-twin", "oracle-on-demand",
                ])
            for placement in placements {
                let names = placement.attempts.map(\.deployment)
                #expect(Set(names).count == names.count, "\(names)")
                #expect(names.last == "oracle-on-demand")
            }
            // The upstream has seen no attempt that the ledger does not have.
            #expect(full.requests.count == placements.reduce(0) { $0 + $1.attempts.count - 1 })
        }
        await full.stop()
    }

    @Test("P2: is not met again where the request comes home from a migration and leaves the primary on capacity")
    func migratedAndBack() async throws {
        let full = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity("retry-after: 0"))] }
        try await GatewayBed.run(.init { $0.ports = ["azure": full.port, "aws": full.port] }) { bed in
            try await bed.prepare(Choice.migrated)
            let answer = try await bed.chat(#"{"model":"gpt","prompt_cache_key":"talk","user":"u","messages":[]}"#)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "capacity")
            try await #expect(
                bed.placement().attempts.map(\.deployment) == [
                    "aws-on-demand", "azure-reserved", "azure-on-demand", "oracle-on-demand",
                ])
            #expect(full.requests.count == 3)
        }
        await full.stop()
    }
}

extension GatewayBed {
    /// Records what brings the next request to the target.
    fileprivate func prepare(_ choice: Choice) async throws {
        switch choice {
        case .firstListed, .spilled: break
        case .declined:
            try await record(
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: now())), party: "microsoft")
        case .migrated:
            let decline = try await record(
                .decline(DeclineOrder(cloud: "azure", features: ["vision"], answered: now())), party: "microsoft")
            let opening = MigrationOrder.Opening(
                from: "azure", to: "aws", ground: "declined", evidence: decline.number, percent: 100,
                conditionsOfReturn: ["Azure serves it."])
            try await record(
                .migration(MigrationOrder(migration: "exodus", step: .opened(opening), at: now())))
        case .offered:
            try await record(
                .offer(
                    OfferOrder(agreement: "deal", clause: "first-look", offer: "site-9", quantity: "2 GW", at: now())),
                document: EvidenceOrder.Document(name: "offer.pdf", sha256: Data(repeating: 7, count: 32)))
            try await record(
                .offerAnswer(OfferAnswerOrder(agreement: "deal", offer: "site-9", answer: "declined", at: now())),
                party: "microsoft")
        }
    }
}
