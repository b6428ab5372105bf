// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("A slow client")
struct SlowClientTests {
    @Test("that does not finish its head is told so and closed")
    func slowHead() async throws {
        try await GatewayBed.run(.init { $0.limits.headMilliseconds = 500 }) { bed in
            let client = try await bed.connect()
            try await client.send("POST /v1/chat/comp")
            let received = try await client.rest()
            #expect(received.hasPrefix("HTTP/1.1 408 "))
            #expect(received.contains("request_timeout"))
            await client.close()
            // Whoever is quick enough is served.
            try await until("another is served") { try await bed.get("/healthz").status == 200 }
        }
    }

    @Test("that sends nothing at all is closed")
    func silent() async throws {
        try await GatewayBed.run(.init { $0.limits.headMilliseconds = 200 }) { bed in
            let client = try await bed.connect()
            _ = try await client.rest()
            await client.close()
        }
    }

    @Test("that dribbles its head does not win time by it")
    func dribbledHead() async throws {
        try await GatewayBed.run(.init { $0.limits.headMilliseconds = 300 }) { bed in
            let client = try await bed.connect()
            let dribble = Task {
                for byte in "GET /healthz HTTP/1.1\r\nx: ".utf8 {
                    try await client.send([byte])
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            let received = try await client.rest()
            #expect(received.hasPrefix("HTTP/1.1 408 "))
            dribble.cancel()
            await client.close()
        }
    }

    @Test("that does not finish its body is told so and closed")
    func slowBody() async throws {
        try await GatewayBed.run(.init { $0.limits.bodyIdleMilliseconds = 200 }) { bed in
            let client = try await bed.connect()
            try await client.send(String(bed.request().dropLast(10)))
            let answer = try await client.answer()
            #expect(answer.status == 408)
            #expect(answer.errorCode == "request_timeout")
            #expect(answer["connection"] == "close")
            await client.close()
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("that dribbles its body does not win time by it")
    func dribbledBody() async throws {
        try await GatewayBed.run(.init { $0.limits.bodyMilliseconds = 300 }) { bed in
            let client = try await bed.connect()
            try await client.send(String(bed.request().dropLast(20)))
            let dribble = Task {
                while !Task.isCancelled {
                    try await client.send([32])
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            try await #expect(client.answer().status == 408)
            dribble.cancel()
            await client.close()
        }
    }

    @Test("that leaves its connection unused is closed")
    func idle() async throws {
        try await GatewayBed.run(.init { $0.limits.idleMilliseconds = 2_000 }) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await #expect(client.answer().status == 200)
            try await #expect(client.rest() == "")
            await client.close()
        }
    }

    @Test("that does not read holds its upstream up, and is closed in the end")
    func slowReader() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.content("begin")))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.writeStallMilliseconds = 500
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            try await client.send(bed.request(GatewayBed.streamBody))
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            // Far more than the system's buffers take: what the gateway does not read stays with the upstream.
            let event = UpstreamText.chunk(UpstreamText.Event.content(String(repeating: "x", count: 10_000)))
            for _ in 0..<3_000 { upstream.push(event) }
            try await until("the connection to the client is closed") {
                await bed.application.server.metrics().connections == 0
            }
            let placement = try await bed.placement()
            #expect(placement.outcome == .cancelled)
            // Relayed was what fits into the system's buffers and the gateway's own.
            #expect(placement.usage.completion < 1_500)
            try await until("the upstream is closed as well") { upstream.connectionsOpen == 0 }
            await client.close()
        }
        await upstream.stop()
    }

    @Test("gets everything when it reads again, and so does the next one on the upstream's connection")
    func readsAgain() async throws {
        let event = UpstreamText.Event.content(String(repeating: "x", count: 10_000))
        let count = 800
        let upstream = try await RecordingUpstream.start { _, number in
            guard number == 0 else { return [.send(UpstreamText.answer())] }
            return [.send(UpstreamText.streamHead)]
                + (0..<count).map { _ in .send(UpstreamText.chunk(event)) }
                + [.send(UpstreamText.chunk(UpstreamText.Event.done) + UpstreamText.streamEnd)]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            try await client.send(bed.request(GatewayBed.streamBody))
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            // Until then nothing has been read, so that the gateway must have stopped on the way.
            #expect(await bed.application.server.metrics().requestsInFlight == 1)
            try await client.beginReading()
            let answer = try await client.answer()
            #expect(answer.isWhole)
            #expect(answer.body.utf8.count == event.utf8.count * count + UpstreamText.Event.done.utf8.count)
            await client.close()
            try await #expect(bed.chat().status == 200)
            #expect(upstream.connectionsOpened == 1)
        }
        await upstream.stop()
    }

    @Test("that sends request after request and reads nothing does not fill the gateway")
    func pipelinedFlood() async throws {
        let body = UpstreamText.completion.replacingOccurrences(
            of: "Good day.", with: String(repeating: "x", count: 60_000))
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, body))] }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.writeStallMilliseconds = 500
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            client.sendLater(String(repeating: bed.request(), count: 500))
            try await until("the connection to the client is closed") {
                await bed.application.server.metrics().connections == 0
            }
            // 30 MB of answers were asked for; the system's buffers and the gateway's hold some of them.
            #expect(upstream.requests.count < 150)
            await client.close()
            try await bed.settled()
        }
        await upstream.stop()
    }

    @Test("that asks without end for what needs no key, and reads nothing, does not fill the gateway")
    func unreadMetrics() async throws {
        try await GatewayBed.run(.init { $0.limits.writeStallMilliseconds = 500 }) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            for _ in 0..<10 {
                client.sendLater(String(repeating: "GET /metrics HTTP/1.1\r\nhost: g\r\n\r\n", count: 2_000))
            }
            try await until("the connection to the client is closed") {
                await bed.application.server.metrics().connections == 0
            }
            // Each is some 5 KB: all would be 100 MB.
            #expect(await bed.application.server.metrics().answers[200, default: 0] < 3_000)
            await client.close()
        }
    }

    @Test("gets all its answers in the end when it sent more requests than answers fit")
    func readsPipelinedLater() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect(receiveBufferBytes: 65_536, reads: false)
            client.sendLater(String(repeating: "GET /metrics HTTP/1.1\r\nhost: g\r\n\r\n", count: 2_000))
            client.sendLater("GET /healthz HTTP/1.1\r\nhost: g\r\nconnection: close\r\n\r\n")
            try await client.beginReading()
            let received = try await client.rest()
            #expect(received.components(separatedBy: "HTTP/1.1 200 OK").count == 2_002)
            #expect(received.hasSuffix("ok\n"))
            await client.close()
        }
    }
}
