// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Testing

@Suite("At the edges of HTTP, a request")
struct RequestEdgeTests {
    @Test(
        "with OPTIONS is told the methods of a path, and nothing for pages of other origins",
        arguments: [
            ("*", "GET, HEAD, POST, OPTIONS"), ("/v1/chat/completions", "POST, OPTIONS"),
            ("/v1/models", "GET, HEAD, OPTIONS"), ("/healthz", "GET, HEAD, OPTIONS"),
        ])
    func options(target: String, allow: String) async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            let request = "OPTIONS \(target) HTTP/1.1\r\nhost: g\r\norigin: https://example.com\r\n\r\n"
            try await client.send(request + "GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == 200)
            #expect(answer["allow"] == allow)
            #expect(answer["content-length"] == "0")
            #expect(!answer.headers.keys.contains { $0.hasPrefix("access-control") })
            try await #expect(client.answer().body == "ok\n")
            await client.close()
        }
    }

    @Test("with OPTIONS for a path that is not served is refused like any other")
    func optionsUnknown() async throws {
        try await GatewayBed.run { bed in
            try await #expect(bed.get("/v1/unknown", method: "OPTIONS").status == 501)
        }
    }

    @Test(
        "with HEAD gets the head of what GET gets, and no byte of a body",
        arguments: ["/healthz", "/readyz", "/metrics", "/v1/models", "/v1/models/gpt", "/v1/models/other"])
    func head(path: String) async throws {
        try await GatewayBed.run { bed in
            let fields = "host: g\r\nauthorization: Bearer \(bed.key)\r\n"
            let client = try await bed.connect()
            try await client.send("HEAD \(path) HTTP/1.1\r\n\(fields)\r\n")
            let head = try await client.answer(isHead: true)
            #expect(head.status == (path.hasSuffix("other") ? 404 : 200))
            #expect(head["content-length"].flatMap { Int($0) } ?? 0 > 0)
            try await client.send("GET /healthz HTTP/1.1\r\n\(fields)\r\n")
            try await #expect(client.answer().body == "ok\n")
            await client.close()
        }
    }

    @Test("with HEAD where POST is right is refused without a body")
    func headOfChat() async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.get("/v1/chat/completions", method: "HEAD")
            #expect(answer.status == 405)
            #expect(answer["allow"] == "POST, OPTIONS")
            #expect(answer.body == "")
        }
    }

    @Test("in chunks with trailers is served without them")
    func trailers() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let body = GatewayBed.body
            let head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\nauthorization: Bearer \(bed.key)\r\n"
                + "transfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n"
            let chunks = "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n"
            try await #expect(bed.send(head + chunks + "x-sum: 1\r\n\r\n").status == 200)
            let sent = try #require(upstream.requests.first)
            #expect(sent.body == body)
            #expect(!sent.fieldNames.contains("x-sum") && !sent.fieldNames.contains("trailer"))
            // A field that would change how a message is read has no place behind it.
            for field in ["content-length: 3", "transfer-encoding: chunked", "authorization: Bearer x", "host: other"] {
                let answer = try await bed.send(head + chunks + field + "\r\n\r\n")
                #expect(answer.status == 400, "\(field)")
                #expect(answer.errorCode == "malformed_http")
            }
            #expect(upstream.requests.count == 1)
        }
        await upstream.stop()
    }

    @Test("that waits for 100 Continue and will be refused is not asked for its body")
    func refusedExpectation() async throws {
        try await GatewayBed.run { bed in
            for (fields, status) in [
                ("content-length: 100", 401), ("authorization: Bearer \(bed.key)\r\ncontent-length: 999999999", 413),
            ] {
                let client = try await bed.connect()
                try await client.send(
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\nexpect: 100-continue\r\n\(fields)\r\n\r\n")
                let received = try await client.rest()
                #expect(received.hasPrefix("HTTP/1.1 \(status) "))
                #expect(!received.contains("100 Continue"))
                await client.close()
            }
        }
    }

    @Test("of HTTP/1.0 gets its answer up to the end of the connection, in no chunks")
    func oldVersion() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(
                bed.request(GatewayBed.streamBody, headers: ["connection: keep-alive"])
                    .replacingOccurrences(of: "HTTP/1.1", with: "HTTP/1.0"))
            let received = try await client.rest()
            #expect(received.hasPrefix("HTTP/1.0 200 OK\r\n"))
            #expect(!received.contains("transfer-encoding"))
            #expect(received.contains("connection: close\r\n"))
            #expect(received.hasSuffix("data: [DONE]\n\n"))
            await client.close()
        }
    }

    @Test("whose body dribbles within the limit of silence is refused for its pace")
    func dribbledBody() async throws {
        let setup = GatewayBed.Setup {
            $0.limits.bodyIdleMilliseconds = 3_000
            $0.limits.bodyBytesPerSecondMin = 10_000
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect()
            // What is missing would take minutes.
            let missing = 4_000
            let body = GatewayBed.body + String(repeating: " ", count: missing)
            try await client.send(String(bed.request(body).dropLast(missing)))
            let dribble = Task {
                while !Task.isCancelled {
                    try await client.send([32])
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            let answer = try await client.answer()
            dribble.cancel()
            #expect(answer.status == 408)
            #expect(answer.errorMessage.contains("at least 10000 bytes a second"))
            await client.close()
            #expect(bed.arrived("azure") == 0)
        }
    }
}
