// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("HTTP/1.1: requests")
struct HTTPRequestTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var method = "POST"
        var target = "/x"
        var body = ""
        var isWhole = true
        var rest = ""
        var testDescription: String { name }
    }

    static let samples: [Sample] = [
        Sample(name: "no body", text: "GET /x HTTP/1.1\r\nhost: a\r\n\r\n", method: "GET"),
        Sample(name: "a length", text: "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", body: "hello"),
        Sample(
            name: "the next request behind it",
            text: "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET / HTTP/1.1\r\n", body: "hi",
            rest: "GET / HTTP/1.1\r\n"),
        Sample(
            name: "chunks",
            text:
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\nX",
            body: "hello0123456789", rest: "X"),
        Sample(
            name: "chunk extensions and trailers",
            text: "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1;a\r\nx\r\n1 ; a=b;c=\"d\\\"\u{e9};\"\r\ny\r\n0;z\r\nX-Sum: 1\r\n\r\n",
            body: "xy"),
        Sample(name: "an empty line before", text: "\r\nGET /x HTTP/1.1\r\nhost: a\r\n\r\n", method: "GET"),
        Sample(
            name: "absolute form", text: "GET http://u.example:81/x?y=1 HTTP/1.1\r\nhost: a\r\n\r\n", method: "GET",
            target: "/x?y=1"),
        Sample(name: "asterisk form", text: "OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n", method: "OPTIONS", target: "*"),
        Sample(name: "HTTP/1.0 without a host", text: "GET /x HTTP/1.0\r\n\r\n", method: "GET"),
        Sample(
            name: "bytes beyond ASCII and tabs in a value", text: "GET /x HTTP/1.1\r\nhost: a\r\nx:\t é\tb \r\n\r\n",
            method: "GET"),
        Sample(name: "an address as host", text: "GET /x HTTP/1.1\r\nhost: [::1]:8080\r\n\r\n", method: "GET"),
        Sample(
            name: "a head that is not whole", text: "GET /x HTTP/1.1\r\nhost: a\r\n", method: "", target: "",
            isWhole: false, rest: "GET /x HTTP/1.1\r\nhost: a\r\n"),
        Sample(
            name: "a body that is not whole", text: "POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhel",
            body: "hel", isWhole: false),
    ]

    @Test("are read alike whole, byte by byte, and cut at every place", arguments: samples)
    func everySplit(sample: Sample) throws {
        let bytes = Array(sample.text.utf8)
        let whole = try MessageReading.read([bytes])
        #expect(whole.method == sample.method)
        #expect(whole.target == sample.target)
        #expect(whole.body == Array(sample.body.utf8))
        #expect(whole.isWhole == sample.isWhole)
        #expect(whole.rest == Array(sample.rest.utf8))
        try #expect(MessageReading.read(bytes.map { [$0] }) == whole)
        for cut in 0...bytes.count {
            try #expect(MessageReading.read([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
        }
    }

    static let line = "POST /x HTTP/1.1\r\n"
    static let host = "host: a\r\n"
    static let faults: [(text: String, code: HTTPError.Code)] = [
        ("hello world\r\n\r\n", .startLineMalformed),
        ("GET  /x HTTP/1.1\r\n\r\n", .startLineMalformed),
        ("GET /x  HTTP/1.1\r\n\r\n", .startLineMalformed),
        ("GET /x HTTP/1.1 \r\n\r\n", .startLineMalformed),
        ("GET /x http/1.1\r\n\r\n", .startLineMalformed),
        ("GET /x HTTP/1,1\r\n\r\n", .startLineMalformed),
        ("GET\r\n\r\n", .methodInvalid),
        (" GET /x HTTP/1.1\r\n\r\n", .methodInvalid),
        ("G(T /x HTTP/1.1\r\n\r\n", .methodInvalid),
        ("\r\n\r\nGET /x HTTP/1.1\r\n\r\n", .startLineMalformed),
        ("GET x HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET * HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET a:80 HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET /é HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET /a\u{0}b HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET /a\tb HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET /a#b HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET http:// HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET http://u:p@h/x HTTP/1.1\r\n\r\n", .targetInvalid),
        ("GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\n\r\n", .targetTooLong),
        ("GET /x HTTP/2.0\r\n\r\n", .versionUnsupported),
        ("GET /x HTTP/1.2\r\n\r\n", .versionUnsupported),
        ("GET /x HTTP/1.1\n\n", .lineEndInvalid),
        (line + "host: a\n\r\n", .lineEndInvalid),
        (line + host + "a: b\rc\r\n\r\n", .lineEndInvalid),
        (line + host + "a: b\r\r\n\r\n", .lineEndInvalid),
        (line + host + "a: b\r\n c\r\n\r\n", .lineFolded),
        (line + "\thost: a\r\n\r\n", .lineFolded),
        (line + host + "a : b\r\n\r\n", .fieldNameInvalid),
        (line + host + "a b: c\r\n\r\n", .fieldNameInvalid),
        (line + host + ": c\r\n\r\n", .fieldNameInvalid),
        (line + host + "abc\r\n\r\n", .fieldNameInvalid),
        (line + host + "é: c\r\n\r\n", .fieldNameInvalid),
        (line + host + "a: b\u{0}c\r\n\r\n", .fieldValueInvalid),
        (line + host + "a: 0123456789\u{7F}\r\n\r\n", .fieldValueInvalid),
        (line + host + "a: b\u{7}\r\n\r\n", .fieldValueInvalid),
        (line + host + "a: \(String(repeating: "b", count: 16_384))\r\n\r\n", .fieldTooLong),
        (line + host + String(repeating: "a: \(String(repeating: "b", count: 9_000))\r\n", count: 8), .headTooLong),
        (line + host + String(repeating: "a: b\r\n", count: 128) + "\r\n", .fieldsTooMany),
        (line + "\r\n", .hostMissing),
        (line + host + host + "\r\n", .hostRepeated),
        (line + "host: a b\r\n\r\n", .hostInvalid),
        (line + "host: a, b\r\n\r\n", .hostInvalid),
        (line + "host: a/b\r\n\r\n", .hostInvalid),
        (line + host + "content-length: -1\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length: +1\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length: 1, 1\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length: 0x1\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length:\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length: 9999999999999999999\r\n\r\n", .contentLengthInvalid),
        (line + host + "content-length: 1\r\ncontent-length: 1\r\n\r\n", .contentLengthRepeated),
        (line + host + "content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n", .framingContradictory),
        (line + host + "transfer-encoding: chunked\r\ncontent-length: 1\r\n\r\n", .framingContradictory),
        (line + host + "transfer-encoding: gzip\r\n\r\n", .transferCodingUnsupported),
        (line + host + "transfer-encoding: xchunked\r\n\r\n", .transferCodingUnsupported),
        (line + host + "transfer-encoding: gzip, chunked\r\n\r\n", .transferCodingInvalid),
        (line + host + "transfer-encoding: chunked, identity\r\n\r\n", .transferCodingInvalid),
        (line + host + "transfer-encoding: \"chunked\"\r\n\r\n", .transferCodingInvalid),
        (line + host + "transfer-encoding:\r\n\r\n", .transferCodingInvalid),
        (line + host + "transfer-encoding: chunked\t\r\n\r\n", .transferCodingInvalid),
        (line + host + "content-length: 3\t\r\n\r\n", .contentLengthInvalid),
        (line + host + "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n", .transferCodingInvalid),
        ("POST /x HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n", .transferCodingInvalid),
        (line + host + "expect: 200-ok\r\n\r\n", .expectationUnknown),
    ]

    @Test("that are none are refused with the reason, whole and byte by byte", arguments: faults)
    func refused(text: String, code: HTTPError.Code) throws {
        let bytes = Array(text.utf8)
        let error = #expect(throws: HTTPError.self) { try MessageReading.read([bytes]) }
        #expect(error?.code == code)
        if bytes.count < 1_000 {
            let later = #expect(throws: HTTPError.self) { try MessageReading.read(bytes.map { [$0] }) }
            #expect(later == error)
        }
    }

    static let chunkFaults: [(text: String, code: HTTPError.Code)] = [
        ("\r\n", .chunkSizeInvalid), ("g\r\n", .chunkSizeInvalid), ("-1\r\n", .chunkSizeInvalid),
        (" 1\r\nx\r\n", .chunkSizeInvalid), ("0x1\r\nx\r\n", .chunkExtensionInvalid),
        ("1_0\r\n", .chunkExtensionInvalid), ("1 \r\nx\r\n", .chunkExtensionInvalid),
        ("1;\r\nx\r\n", .chunkExtensionInvalid), ("1;a=\r\nx\r\n", .chunkExtensionInvalid),
        ("1;a=\"b\r\nx\r\n", .chunkExtensionInvalid), ("1;a\u{1}\r\nx\r\n", .chunkExtensionInvalid),
        ("ffffffffffffffff\r\n", .chunkSizeInvalid), ("1\nx\r\n", .lineEndInvalid), ("1\r\nxy\r\n", .chunkEndInvalid),
        ("1\r\nx\n0\r\n\r\n", .chunkEndInvalid), ("1\r\nx\rY0\r\n\r\n", .chunkEndInvalid),
        ("1;\(String(repeating: "a", count: 400))", .chunkSizeInvalid),
        ("0\r\nhost: b\r\n\r\n", .trailerForbidden), ("0\r\nContent-Length: 1\r\n\r\n", .trailerForbidden),
        ("0\r\ntransfer-encoding: chunked\r\n\r\n", .trailerForbidden),
        ("0\r\nauthorization: x\r\n\r\n", .trailerForbidden), ("0\r\na b: c\r\n\r\n", .trailerInvalid),
        ("0\r\n folded\r\n\r\n", .trailerInvalid), ("0\r\na: b\u{0}\r\n\r\n", .fieldValueInvalid),
        ("0\r\na: b\n\r\n", .lineEndInvalid),
        ("0\r\n" + String(repeating: "a: \(String(repeating: "b", count: 997))\r\n", count: 9), .trailersTooLong),
    ]

    @Test("with broken chunks are refused with the reason, whole and byte by byte", arguments: chunkFaults)
    func brokenChunks(text: String, code: HTTPError.Code) throws {
        let bytes = Array((Self.line + Self.host + "transfer-encoding: chunked\r\n\r\n" + text).utf8)
        let error = #expect(throws: HTTPError.self) { try MessageReading.read([bytes]) }
        #expect(error?.code == code)
        let later = #expect(throws: HTTPError.self) { try MessageReading.read(bytes.map { [$0] }) }
        #expect(later == error)
    }

    @Test("keep the connection as their version and the Connection field say")
    func keepsAlive() throws {
        func keeps(_ text: String) throws -> Bool { try MessageReading.read([Array(text.utf8)]).keepsAlive }
        try #expect(keeps("GET / HTTP/1.1\r\nhost: a\r\n\r\n"))
        try #expect(!keeps("GET / HTTP/1.1\r\nhost: a\r\nconnection: x, CLOSE\r\n\r\n"))
        try #expect(!keeps("GET / HTTP/1.0\r\n\r\n"))
        try #expect(keeps("GET / HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n"))
        try #expect(!keeps("GET / HTTP/1.0\r\nconnection: keep-alive, close\r\n\r\n"))
    }

    @Test("each get an error that says what was wrong and how to mend it", arguments: HTTPError.Code.allCases)
    func messages(code: HTTPError.Code) {
        let error = HTTPError(code, line: 2)
        #expect(error.message.hasPrefix("line 2 of the head: "))
        #expect(error.message.hasSuffix("."))
        #expect((400...505).contains(error.status))
    }
}
