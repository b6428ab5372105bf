// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Service
import Testing

@Suite("A gateway that is overloaded")
struct OverloadTests {
    /// A head that announces a body.
    private static func head(_ bed: GatewayBed, _ framing: String) -> String {
        MalformedRequestTests.post + "authorization: Bearer \(bed.key)\r\n\(framing)\r\n\r\n"
    }

    @Test("P35: short of memory it refuses bodies at their head, closes idle connections, and still says how it is")
    func memory() async throws {
        // The process has more than a megabyte in any case.
        try await GatewayBed.run(.init { $0.limits.memoryBytesMax = 1_048_576 }) { bed in
            try await until("the memory was looked at") {
                try await bed.get("/metrics").body.contains("concordat_memory_pressure 2")
            }
            let client = try await bed.connect()
            try await client.send(Self.head(bed, "content-length: 100"))
            let refused = try await client.answer()
            #expect(refused.status == 503)
            #expect(refused.errorCode == "overloaded")
            #expect(refused["retry-after"] == "1")
            #expect(refused["x-should-retry"] == "true")
            await client.close()

            let idle = try await bed.connect()
            try await idle.send("GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n")
            try await #expect(idle.answer().status == 200)
            _ = try await idle.rest()
            #expect(await bed.application.server.metrics().accepted == 0)
        }
    }

    @Test("P35: a body that does not fit beside the others is refused before it is sent, and fits when they are gone")
    func bodies() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream) { $0.limits.bodiesBytesMax = 1_000_000 }) { bed in
            let first = try await bed.connect()
            let padding = String(repeating: "x", count: 600_000)
            let body = GatewayBed.body.replacingOccurrences(of: "Good day to you", with: padding)
            try await first.send(Self.head(bed, "content-length: \(body.utf8.count)"))
            try await until("the first body has its room") {
                try await bed.get("/metrics").body.contains("concordat_bodies_bytes \(body.utf8.count)")
            }
            let second = try await bed.connect()
            try await second.send(Self.head(bed, "content-length: \(body.utf8.count)"))
            let refused = try await second.answer()
            #expect(refused.status == 503)
            #expect(refused.errorCode == "overloaded")
            await second.close()
            // Small bodies are not counted.
            try await #expect(bed.chat().status == 200)
            try await first.send(body)
            try await #expect(first.answer().status == 200)
            await first.close()
            try await until("the room is free") {
                try await bed.get("/metrics").body.contains("concordat_bodies_bytes 0\n")
            }
            try await #expect(bed.chat(body).status == 200)
        }
        await upstream.stop()
    }

    @Test("an answer that waits for the ledger counts as in flight until it has gone out")
    func heldAnswer() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let calls = FailingFileCalls()
        try await GatewayBed.run(.primary(at: upstream) { $0.calls = calls }) { bed in
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has served") {
                await bed.application.server.metrics().placements == ["served": 1]
            }
            #expect(await bed.application.server.metrics().requestsInFlight == 1)
            calls.setStill(false)
            try await #expect(client.answer().status == 200)
            try await bed.settled()
            await client.close()
            // One whose client leaves meanwhile is counted out as well.
            calls.setStill(true)
            let leaver = try await bed.connect()
            try await leaver.send(bed.request())
            try await until("the upstream has served") {
                await bed.application.server.metrics().placements == ["served": 2]
            }
            await leaver.close()
            try await bed.settled()
            calls.setStill(false)
        }
        await upstream.stop()
    }

    @Test("P35: a body in chunks is refused when it outgrows the room, and a client that leaves gives its room back")
    func growing() async throws {
        try await GatewayBed.run(.init { $0.limits.bodiesBytesMax = 300_000 }) { bed in
            let client = try await bed.connect()
            try await client.send(Self.head(bed, "transfer-encoding: chunked"))
            let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
            for _ in 0..<5 { client.sendLater(chunk) }
            let refused = try await client.answer()
            #expect(refused.status == 503)
            #expect(refused.errorCode == "overloaded")
            await client.close()
            let leaver = try await bed.connect()
            try await leaver.send(Self.head(bed, "content-length: 200000"))
            try await until("the body has its room") {
                try await bed.get("/metrics").body.contains("concordat_bodies_bytes 200000")
            }
            await leaver.close()
            try await until("the room is free") {
                try await bed.get("/metrics").body.contains("concordat_bodies_bytes 0\n")
            }
        }
    }
}
