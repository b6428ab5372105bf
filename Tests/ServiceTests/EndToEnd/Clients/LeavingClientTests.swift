// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("A client that leaves")
struct LeavingClientTests {
    @Test("P25: before the answer ends its upstream's work within a second")
    func beforeAnswer() async throws {
        try await expectWithinASecond(leaveBeforeAnswer)
    }

    /// How long the upstream's work went on after the client had left.
    private func leaveBeforeAnswer() async throws -> Duration {
        var duration = Duration.zero
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            #expect(await bed.application.server.metrics().requestsInFlight == 1)
            let start = ContinuousClock.now
            await client.close()
            try await until("the upstream is closed") { upstream.connectionsOpen == 0 }
            duration = ContinuousClock.now - start
            let placement = try await bed.placement()
            #expect(placement.outcome == .cancelled)
            #expect(placement.status == 0)
            let metrics = await bed.application.server.metrics()
            #expect(metrics.requestsInFlight == 0)
            #expect(metrics.connections == 0)
            #expect(metrics.placements == ["cancelled": 1])
        }
        await upstream.stop()
        return duration
    }

    @Test("P25: in the middle of a stream ends its upstream's work, and is settled for what it saw")
    func midStream() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(UpstreamText.streamHead),
                .send(UpstreamText.chunk(UpstreamText.Event.role + UpstreamText.Event.content("Good"))),
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request(GatewayBed.streamBody))
            try await client.sees("Good")
            await client.close()
            try await until("the upstream is closed") { upstream.connectionsOpen == 0 }
            let placement = try await bed.placement()
            #expect(placement.outcome == .cancelled)
            #expect(placement.status == 200)
            #expect(placement.usage.basis == .estimated)
            #expect(placement.usage.completion == 1)
            #expect(placement.usage.prompt == 4)
            try await bed.settled()
        }
        await upstream.stop()
    }

    @Test("by closing its half of the connection counts as gone, as with other gateways")
    func halfClose() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            try await client.closeOutput()
            try await until("the upstream is closed") { upstream.connectionsOpen == 0 }
            try await #expect(bed.placement().outcome == .cancelled)
            await client.close()
        }
        await upstream.stop()
    }

    @Test("in the middle of a body leaves nothing behind")
    func midBody() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(String(bed.request().dropLast(5)))
            await client.close()
            try await until("the connection is gone") { await bed.application.server.metrics().connections == 0 }
            #expect(await bed.application.server.metrics().accepted == 0)
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("and the one that stays gets its answers in the order of its requests")
    func pipelined() async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            [.send(UpstreamText.answer(200, request.body))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            let bodies = (0..<20).map { #"{"model":"gpt","messages":[],"number":\#($0)}"# }
            try await client.send(bodies.map { bed.request($0) }.joined() + "GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n")
            for body in bodies { try await #expect(client.answer().body == body) }
            try await #expect(client.answer().body == "ok\n")
            await client.close()
            // The next begins while the last one's connection is being given back.
            #expect(upstream.connectionsOpened <= 2)
        }
        await upstream.stop()
    }

    @Test("thousands of small requests behind a slow one are answered one after the other")
    func pipelinedBehindSlow() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            let small = "GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n"
            client.sendLater(bed.request() + String(repeating: small, count: 9_000))
            client.sendLater("GET /readyz HTTP/1.1\r\nhost: g\r\nconnection: close\r\n\r\n")
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            upstream.push(UpstreamText.answer())
            let received = try await client.rest()
            #expect(received.components(separatedBy: "ok\n").count == 9_001)
            #expect(received.hasSuffix("ready\n"))
            await client.close()
        }
        await upstream.stop()
    }
}
