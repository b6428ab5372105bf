// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Providers
import Records
import Testing

@Suite("At the edges of HTTP, an upstream's answer")
struct AnswerEdgeTests {
    @Test(
        "P19: that is compressed, though that was not asked for, is not passed on unread: the attempt fails",
        arguments: [false, true])
    func compressed(isStream: Bool) async throws {
        let field = "content-encoding: gzip"
        let upstream = try await RecordingUpstream.start { _, _ in
            guard isStream else { return [.send(UpstreamText.answer(headers: [field]))] }
            let head = UpstreamText.streamHead.dropLast(2) + field + "\r\n\r\n"
            return [.send(head + UpstreamText.chunk("\u{1f}gzip") + UpstreamText.streamEnd)]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(isStream ? GatewayBed.streamBody : GatewayBed.body)
            #expect(answer.status == 502)
            #expect(answer["content-encoding"] == nil)
            #expect(answer.isWhole)
            try await #expect(
                bed.placement().attempts.map(\.vendorCode) == [VendorCode.malformedResponse.rawValue])
            #expect(upstream.requests.first?["accept-encoding"] == "identity")
        }
        await upstream.stop()
    }

    @Test("P19: that says it is not compressed is served, and its usage is read")
    func identity() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(headers: ["content-encoding: Identity"]))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer["content-encoding"] == nil)
            let usage = try await bed.placement().usage
            #expect(usage.basis == .reported)
            #expect(usage.completion == 5)
        }
        await upstream.stop()
    }

    @Test("P19: that is a compressed error does not lend its fields to the error that the client gets")
    func compressedError() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(400, "\u{1f}gzip", headers: ["content-encoding: gzip", "etag: x"]))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 400)
            #expect(answer.errorCode == "upstream_refused")
            #expect(answer["content-encoding"] == nil && answer["etag"] == nil)
            #expect(answer["content-length"] == String(answer.body.utf8.count))
        }
        await upstream.stop()
    }

    @Test(
        "P19: whose stream events are rewritten has a length that fits",
        arguments: ["content-length", "transfer-encoding"])
    func rewrittenStream(framing: String) async throws {
        let events = UpstreamText.goodEvents.joined()
        let upstream = try await RecordingUpstream.start { _, _ in
            guard framing == "content-length" else { return [.send(UpstreamText.stream(UpstreamText.goodEvents))] }
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: \(events.utf8.count)"
            return [.send(head + "\r\n\r\n" + events)]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            // The chunk with the usage, which only the gateway asked for, is left out.
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.isWhole)
            #expect(answer["content-length"] == nil)
            #expect(answer["transfer-encoding"] == "chunked")
            #expect(answer.body.utf8.count < events.utf8.count)
            #expect(answer.body.hasSuffix("data: [DONE]\n\n"))
        }
        await upstream.stop()
    }

    @Test("that has no content or a part of it is no answer to a chat request", arguments: [204, 205, 206, 226])
    func noContent(status: Int) async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            guard number == 0 else { return [.send(UpstreamText.answer())] }
            return [.send(status == 204 ? "HTTP/1.1 204 X\r\n\r\n" : UpstreamText.answer(status))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer.errorCode == "upstream_unavailable")
            try await #expect(bed.chat().status == 200)
        }
        await upstream.stop()
    }

    @Test("may come behind interim answers, which the client does not get")
    func interim() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
                .send("HTTP/1.1 102 Processing\r\n\r\n" + UpstreamText.answer()),
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            for _ in 0..<2 {
                try await client.send(bed.request())
                let answer = try await client.answer()
                #expect(answer.status == 200)
                #expect(answer["link"] == nil)
            }
            await client.close()
            #expect(upstream.connectionsOpened == 1)
        }
        await upstream.stop()
    }

    @Test("that switches protocols, though nobody asked for that, is broken")
    func switching() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n")]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat().status == 502)
            #expect(upstream.requests.first?["upgrade"] == nil)
        }
        await upstream.stop()
    }

    @Test("has no trailers for the client, and none that change how it is read")
    func trailers() async throws {
        let chunked = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
        let body = chunked + UpstreamText.chunk(UpstreamText.completion) + "0\r\n"
        let upstream = try await RecordingUpstream.start { _, number in
            [.send(body + (number == 0 ? "x-sum: 1\r\n\r\n" : "content-length: 5\r\n\r\n"))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            let answer = try await client.answer()
            #expect(answer.status == 200)
            #expect(answer.body == UpstreamText.completion)
            #expect(answer["x-sum"] == nil)
            try await client.send(bed.request())
            try await #expect(client.answer().status == 502)
            await client.close()
        }
        await upstream.stop()
    }

    @Test("keeps the fields that belong to its connection to itself")
    func connectionFields() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(headers: [
                        "connection: keep-alive, x-hop", "x-hop: 1", "keep-alive: timeout=5", "proxy-authenticate: x",
                        "set-cookie: a=b", "upgrade: h2c",
                    ]))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(headers: ["connection: x-mine, keep-alive", "x-mine: 1", "te: trailers"])
            #expect(answer.status == 200)
            let passed: Set = ["content-type", "content-length", "x-concordat-decision", "x-request-id"]
            #expect(Set(answer.headers.keys.filter { !$0.hasPrefix("x-concordat-") }).isSubset(of: passed))
            let sent = try #require(upstream.requests.first)
            for name in ["connection", "x-mine", "te", "keep-alive"] { #expect(sent[name] == nil, "\(name)") }
        }
        await upstream.stop()
    }
}
