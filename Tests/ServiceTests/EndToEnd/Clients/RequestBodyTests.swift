// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Testing

@Suite("A request's body")
struct RequestBodyTests {
    @Test("beyond the limit is refused at its head, before any of it is sent")
    func lengthTooLarge() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(
                MalformedRequestTests.post + "authorization: Bearer \(bed.key)\r\ncontent-length: 100000000\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == 413)
            #expect(answer.errorCode == "body_too_large")
            #expect(answer["connection"] == "close")
            #expect(answer.errorMessage.contains("\(GatewayLimits().requestBodyBytesMax)"))
            await client.close()
        }
    }

    @Test("of 100 MB in chunks is refused without being kept or read to its end", .timeLimit(.minutes(5)))
    func chunksTooLarge() async throws {
        // Other tests take memory as well, though not whenever this one looks.
        var least = try await growthByLargeBody()
        for _ in 0..<9 where least >= 64_000_000 { least = min(least, try await growthByLargeBody()) }
        #expect(least < 64_000_000)
    }

    /// By how much the process grows while 100 MB are sent.
    private func growthByLargeBody() async throws -> Int {
        var growth = 0
        try await GatewayBed.run(.init { $0.limits.requestBodyBytesMax = 1_000_000 }) { bed in
            let client = try await bed.connect()
            try await client.send(
                MalformedRequestTests.post + "authorization: Bearer \(bed.key)\r\ntransfer-encoding: chunked\r\n\r\n")
            let before = try Self.residentBytes()
            let chunk = "fffff\r\n" + String(repeating: "x", count: 0xFFFFF) + "\r\n"
            let sent = Task {
                var chunks = 0
                while chunks < 100, (try? await client.send(chunk)) != nil { chunks += 1 }
                return chunks
            }
            let answer = try await client.answer()
            #expect(answer.status == 413)
            #expect(answer.errorCode == "body_too_large")
            growth = try Self.residentBytes() - before
            await client.close()
            _ = await sent.value
        }
        return growth
    }

    @Test("that is compressed is refused", arguments: ["gzip", "br", "GZIP, identity"])
    func compressed(encoding: String) async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.chat(headers: ["content-encoding: \(encoding)"])
            #expect(answer.status == 415)
            #expect(answer.errorCode == "unsupported_content_encoding")
        }
    }

    @Test("in chunks of any size is the same body")
    func chunks() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(
                MalformedRequestTests.post + "authorization: Bearer \(bed.key)\r\ntransfer-encoding: chunked\r\n\r\n")
            for byte in GatewayBed.body { try await client.send("1\r\n\(byte)\r\n") }
            try await client.send("0\r\nx-trailer: ignored\r\n\r\n")
            try await #expect(client.answer().status == 200)
            await client.close()
            #expect(upstream.requests.map(\.body) == [GatewayBed.body])
            #expect(upstream.requests.first?["content-length"] == "\(GatewayBed.body.utf8.count)")
            #expect(upstream.requests.first?["transfer-encoding"] == nil)
        }
        await upstream.stop()
    }

    @Test("of a request in single bytes is read as well")
    func singleBytes() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            for byte in bed.request().utf8 { try await client.send([byte]) }
            try await #expect(client.answer().status == 200)
            await client.close()
        }
    }

    @Test("is asked for where the client waits to be asked")
    func expectContinue() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            let request = bed.request(headers: ["expect: 100-continue"])
            let head = request.dropLast(GatewayBed.body.count)
            try await client.send(String(head))
            try await #expect(client.answer().status == 100)
            try await client.send(GatewayBed.body)
            try await #expect(client.answer().status == 200)
            await client.close()
        }
    }

    @Test("is not asked for where the head is refused")
    func expectRefusal() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(
                MalformedRequestTests.post + "expect: 100-continue\r\ncontent-length: 10\r\n\r\n")
            try await #expect(client.answer().status == 401)
            await client.close()
        }
    }

    @Test("where none belongs is refused")
    func unexpected() async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.send("GET /metrics HTTP/1.1\r\nhost: g\r\ncontent-length: 3\r\n\r\nabc")
            #expect(answer.status == 413)
        }
    }

    /// The memory of this process that is resident.
    private static func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4_096
    }
}
