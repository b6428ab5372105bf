// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Testing

@Suite("A client's connection")
struct ConnectionTests {
    @Test("is read no further while its answers can't be written")
    func unreadPipeline() async throws {
        try await GatewayBed.run(.init { $0.limits.writeStallMilliseconds = 60_000 }) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            let request = "GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n"
            let requests = String(repeating: request, count: 1_000_000)
            client.sendLater(requests)
            var last = -1
            try await until("the gateway takes no more") {
                let unsent = (try? await client.unsentBytes()) ?? 0
                defer { last = unsent }
                return unsent > 0 && unsent == last
            }
            // The systems' buffers and the gateway's hold a few megabytes of the thirty-four.
            #expect(last > requests.utf8.count / 2)
            await client.close()
        }
    }

    @Test("gets the body of an error behind a HEAD request")
    func errorAfterHead() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send("HEAD /healthz HTTP/1.1\r\nhost: g\r\n\r\nBAD\r\n\r\n")
            let received = try await client.rest()
            #expect(received.hasPrefix("HTTP/1.1 200 OK"))
            #expect(received.contains("HTTP/1.1 400 Bad Request"))
            #expect(received.hasSuffix("}}"))
        }
    }

    @Test("is not refused for a line end behind a body, however late the next request comes")
    func strayLineEnd() async throws {
        try await GatewayBed.run(.init { $0.limits.headMilliseconds = 2_000 }) { bed in
            let client = try await bed.connect()
            try await client.send("GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n\r\n")
            try await #expect(client.answer().status == 200)
            // Another connection's head comes late enough to be refused; this one has had as long.
            let other = try await bed.connect()
            try await other.send("G")
            try await #expect(other.answer().status == 408)
            try await client.send("GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n")
            try await #expect(client.answer().status == 200)
            await client.close()
            await other.close()
        }
    }

    @Test("that the client wants closed gives it all of a long answer, however slowly it reads")
    func slowLastAnswer() async throws {
        let text = String(repeating: "x", count: 3_000_000)
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, "\"\(text)\""))] }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.bodyIdleMilliseconds = 20_000
            $0.limits.headMilliseconds = 2_000
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false)
            try await client.send(bed.request(headers: ["connection: close"]))
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            try await bed.settled()
            // The deadlines were looked at meanwhile: another connection's has passed.
            let other = try await bed.connect()
            try await other.send("G")
            try await #expect(other.answer().status == 408)
            await other.close()
            try await client.beginReading()
            let received = try await client.rest()
            #expect(received.hasSuffix("x\""))
            #expect(received.utf8.count > text.utf8.count)
        }
        await upstream.stop()
    }
}
