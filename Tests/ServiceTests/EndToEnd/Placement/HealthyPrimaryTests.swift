// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Store
import Testing

@Suite("A healthy primary")
struct HealthyPrimaryTests {
    /// All 10,000 where `CONCORDAT_LONG` is set: the invariant's own number.
    private static let requests = ProcessInfo.processInfo.environment["CONCORDAT_LONG"] == nil ? 2_000 : 10_000
    private static let clients = 8

    @Test("P1: gets every request that the terms bind to it, streamed or not, with health, guards and budget on")
    func everyRequest() async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            let streams = request.body.contains("\"stream\":true")
            return [.send(streams ? UpstreamText.stream(UpstreamText.goodEvents) : UpstreamText.answer())]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.threads = 2
            $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [capacity, declined, outage]}")]
            $0.limits.routing.failuresMax = 1
            $0.limits.routing.firstTokenMilliseconds = 60_000
            $0.limits.routing.streamEventsPerSecondMin = 1
            $0.limits.routing.answerBytesPerSecondMin = 1
        }
        try await GatewayBed.run(setup) { bed in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.clients {
                    group.addTask {
                        let client = try await bed.connect()
                        for number in 0..<(Self.requests / Self.clients) {
                            try await client.send(
                                bed.request(number.isMultiple(of: 2) ? GatewayBed.body : GatewayBed.streamBody))
                            try await #expect(client.answer()["x-concordat-ground"] == "primary")
                        }
                        await client.close()
                    }
                }
                try await group.waitForAll()
            }
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            #expect(upstream.requests.count == Self.requests)
            let placements = try await bed.placements(Self.requests)
            #expect(placements.allSatisfy { !$0.isSpill && $0.usage.completion == 5 })
            let tally = try bed.application.node.tables.tally()
            #expect(tally.accepted == UInt64(Self.requests))
            #expect(tally.spills == 0)
            let routing = await bed.routing
            #expect(routing.attempts == UInt64(Self.requests))
            #expect(routing.furtherAttempts == 0 && routing.passedOver.isEmpty && routing.resting.isEmpty)
        }
        await upstream.stop()
    }
}
