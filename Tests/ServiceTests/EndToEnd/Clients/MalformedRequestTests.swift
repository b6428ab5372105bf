// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Testing

@Suite("Bytes that are no proper request")
struct MalformedRequestTests {
    static let post = "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\n"

    @Test(
        "get an answer with a reason or an end, and reach no upstream",
        arguments: [
            ("garbage", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}garbage\r\n\r\n"),
            ("no HTTP", "hello world\r\n\r\n"),
            ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            ("unknown version", "GET /healthz HTTP/9.9\r\nhost: g\r\n\r\n"),
            ("length and chunks", post + "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
            ("chunks and length", post + "transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n"),
            ("two lengths", post + "content-length: 3\r\ncontent-length: 4\r\n\r\nabc"),
            ("a list of lengths", post + "content-length: 3, 3\r\n\r\nabc"),
            ("a negative length", post + "content-length: -1\r\n\r\n"),
            ("a signed length", post + "content-length: +2\r\n\r\n{}"),
            ("a huge length", post + "content-length: 99999999999999999999999\r\n\r\n"),
            ("a space before the colon", post + "content-length : 2\r\n\r\n{}"),
            ("a folded field", post + "x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}"),
            ("bare LF", "POST /v1/chat/completions HTTP/1.1\nhost: g\ncontent-length: 2\n\n{}"),
            ("a bare CR in a field", post + "x: a\rb\r\n\r\n"),
            ("NUL in a field", post + "x: a\u{0}b\r\n\r\n"),
            ("a name with a space", post + "x y: a\r\n\r\n"),
            ("unknown transfer coding", post + "transfer-encoding: chunky\r\n\r\n{}"),
            ("chunked is not last", post + "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ])
    func refused(name: String, bytes: String) async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(
                bytes.replacingOccurrences(of: "host: g", with: "host: g\r\nauthorization: Bearer \(bed.key)"))
            // Whatever is taken for a second request must not be served either.
            client.sendLater("GET /v1/models HTTP/1.1\r\nauthorization: Bearer \(bed.key)\r\nhost: g\r\n\r\n")
            let received = try await client.rest()
            #expect(["400", "501", "505"].contains(received.dropFirst(9).prefix(3)), "\(received)")
            #expect(received.contains("\"code\":\"malformed_http\""), "\(received)")
            #expect(received.contains("connection: close"))
            #expect(!received.contains("\"object\":\"list\""))
            await client.close()
            #expect(bed.arrived("azure") == 0)
            try await #expect(bed.get("/healthz").status == 200)
        }
    }

    @Test(
        "in a body get an answer with a reason",
        arguments: [
            "zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX0\r\n\r\n", "ffffffffffffffffff\r\n{}",
            "2_0\r\n{}",
        ])
    func badChunks(chunks: String) async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(
                Self.post + "authorization: Bearer \(bed.key)\r\ntransfer-encoding: chunked\r\n\r\n" + chunks)
            let answer = try await client.answer()
            #expect(answer.status == 400)
            #expect(answer.errorCode == "malformed_http")
            #expect(answer["connection"] == "close")
            await client.close()
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test(
        "get 431 where the head is too large",
        arguments: [
            "x: " + String(repeating: "a", count: 20_000) + "\r\n",
            String(repeating: "x: y\r\n", count: 200),
            (0..<7).map { "x\($0): " + String(repeating: "a", count: 12_000) + "\r\n" }.joined(),
        ])
    func hugeHead(fields: String) async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(Self.post + fields + "\r\n")
            let answer = try await client.answer()
            #expect(answer.status == 431)
            #expect(answer.errorCode == "malformed_http")
            await client.close()
        }
    }

    @Test("of a path without end get an answer before it ends")
    func endlessPath() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            client.sendLater("GET /" + String(repeating: "a", count: 4_000_000))
            let answer = try await client.answer()
            #expect([400, 414, 431].contains(answer.status))
            await client.close()
        }
    }
}
