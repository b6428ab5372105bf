// SPDX-License-Identifier: Apache-2.0

import Foundation
import Records
import Service
import Store
import Testing

@Suite("A healthy primary")
struct HealthyPrimaryTests {
    /// All 10,000 where `CONCORDAT_LONG` is set: the invariant's own number.
    private static let requests = ProcessInfo.processInfo.environment["CONCORDAT_LONG"] == nil ? 2_000 : 10_000
    private static let clients = 8

    @Test("gets every request that the terms bind to it")
    func everyRequest() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.clients {
                    group.addTask {
                        let client = try await bed.connect()
                        for _ in 0..<(Self.requests / Self.clients) {
                            try await client.send(bed.request())
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
        }
        await upstream.stop()
    }
}
