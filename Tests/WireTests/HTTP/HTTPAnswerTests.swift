// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("HTTP/1.1: answers")
struct HTTPAnswerTests {
    @Test(
        "end as their status, length, chunks or connection say",
        arguments: [
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhiX", 200, "hi", true, "X"),
            ("HTTP/1.1 200\r\ncontent-length: 0\r\n\r\nX", 200, "", true, "X"),
            ("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nX", 204, "", true, "X"),
            ("HTTP/1.1 304 \r\n\r\nX", 304, "", true, "X"),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP", 100, "", true, "HTTP"),
            ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", 200, "hi", true, ""),
            ("HTTP/1.1 200 OK\r\n\r\nall of it", 200, "all of it", false, ""),
            ("HTTP/1.0 503 Não\r\n\r\nall of it", 503, "all of it", false, ""),
        ])
    func framing(text: String, status: Int, body: String, isWhole: Bool, rest: String) throws {
        let bytes = Array(text.utf8)
        let whole = try MessageReading.read([bytes], .answers)
        #expect(whole.status == status)
        #expect(whole.body == Array(body.utf8))
        #expect(whole.isWhole == isWhole)
        #expect(whole.rest == Array(rest.utf8))
        try #expect(MessageReading.read(bytes.map { [$0] }, .answers) == whole)
    }

    @Test("to HEAD have no body, whatever they say of its length")
    func toHead() throws {
        var reader = HTTPHeadReader(.answers)
        let bytes = Array("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n".utf8)
        try #expect(reader.read(bytes.span))
        #expect(reader.head.answerFraming(toHead: true) == .length(0))
        #expect(reader.head.answerFraming() == .length(12))
    }

    @Test(
        "that are none are refused with the reason",
        arguments: [
            ("HTTP/1.1 20 OK\r\n\r\n", HTTPError.Code.statusInvalid), ("HTTP/1.1 2x0 OK\r\n\r\n", .statusInvalid),
            ("HTTP/1.1 099 OK\r\n\r\n", .statusInvalid), ("HTTP/1.1 600 OK\r\n\r\n", .statusInvalid),
            ("HTTP/1.1 2000\r\n\r\n", .statusInvalid), ("HTTP/1.1  200 OK\r\n\r\n", .statusInvalid),
            ("HTTP/3.0 200 OK\r\n\r\n", .versionUnsupported), ("ICY 200 OK\r\n\r\n", .startLineMalformed),
            ("\r\nHTTP/1.1 200 OK\r\n\r\n", .startLineMalformed),
            ("HTTP/1.1 200 O\u{0}K\r\n\r\n", .lineEndInvalid),
            ("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n", .contentLengthRepeated),
            ("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n", .framingContradictory),
            ("HTTP/1.1 200 OK\r\nx: a\r\n b\r\n\r\n", .lineFolded),
        ])
    func refused(text: String, code: HTTPError.Code) throws {
        let error = #expect(throws: HTTPError.self) { try MessageReading.read([Array(text.utf8)], .answers) }
        #expect(error?.code == code)
    }

    @Test("and requests that are damaged at random give an answer or an error, and never read outside them")
    func damaged() {
        let seed: UInt64 = 20_261_125
        var random = SplitMix64(seed: seed)
        let samples =
            HTTPRequestTests.samples.map(\.text) + HTTPRequestTests.faults.map(\.text).filter { $0.utf8.count < 400 }
        for round in 0..<20_000 {
            var bytes = Array(samples[round % samples.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch UInt8.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert([13, 10, 32, 58, 9, 0][Int.random(in: 0..<6, using: &random)], at: place)
                case 2 where bytes.count > 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
                }
            }
            let side: HTTPHeadReader.Side = round.isMultiple(of: 2) ? .requests : .answers
            let whole = Result { () throws(HTTPError) in try MessageReading.read([bytes], side) }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let split = Result { () throws(HTTPError) in
                try MessageReading.read([Array(bytes[..<cut]), Array(bytes[cut...])], side)
            }
            #expect(whole == split, "seed \(seed), round \(round), cut \(cut): \(bytes)")
        }
    }
}
