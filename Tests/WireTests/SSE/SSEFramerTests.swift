// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("SSE: framing")
struct SSEFramerTests {
    /// A stream, the payloads of its events (nil for one without data) and the bytes that no event takes.
    struct Stream: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var payloads: [String?]
        var tail = ""
        var testDescription: String { name }
    }

    static let streams: [Stream] = [
        Stream(name: "LF", text: "data: a\n\ndata: b\n\n", payloads: ["a", "b"]),
        Stream(name: "CRLF", text: "data: a\r\n\r\ndata: b\r\n\r\n", payloads: ["a", "b"]),
        Stream(name: "CR", text: "data: a\r\rdata: b\r\r", payloads: ["a", "b"]),
        Stream(
            name: "mixed ends", text: "data: a\n\r\ndata: b\r\n\ndata: c\r\n\r\ndata: d\n\n",
            payloads: ["a", "b", "c", "d"]),
        Stream(name: "byte order mark", text: "\u{FEFF}data: a\n\ndata: b\n\n", payloads: ["a", "b"]),
        Stream(name: "several lines", text: "data: a\ndata: b\n: c\ndata:\n\n", payloads: ["a\nb\n"]),
        Stream(name: "several lines, CRLF", text: "data: a\r\nid: 1\r\ndata: b\r\n\r\n", payloads: ["a\nb"]),
        Stream(name: "comments", text: ": ping\n\ndata: a\n\n:\n\n", payloads: [nil, "a", nil]),
        Stream(name: "names", text: "event: error\ndata: {}\n\nevent: ping\n\n", payloads: ["{}", nil]),
        Stream(name: "no space after the colon", text: "data:a\n\ndata:  b\n\n", payloads: ["a", " b"]),
        Stream(name: "field without colon", text: "data\n\n", payloads: [""]),
        Stream(name: "other fields", text: "database: x\nretry: 3\nid\ndat: y\ndata: z\n\n", payloads: ["z"]),
        Stream(name: "done", text: "data: {\"a\":1}\n\ndata: [DONE]\n\n", payloads: ["{\"a\":1}", "[DONE]"]),
        Stream(name: "not UTF-8 boundary", text: "data: 水\u{1F300}é\n\n", payloads: ["水\u{1F300}é"]),
        Stream(
            name: "long lines", text: "data: \(String(repeating: "0123456789", count: 9))\n\n",
            payloads: [
                String(repeating: "0123456789", count: 9)
            ]),
        Stream(name: "unfinished", text: "data: a\n\ndata: b\n", payloads: ["a"], tail: "data: b\n"),
        Stream(name: "unfinished line", text: "data: a\n\ndata: b", payloads: ["a"], tail: "data: b"),
        Stream(name: "empty", text: "", payloads: []),
    ]

    @Test("events are the same in one piece, byte by byte and in every split", arguments: streams)
    func splits(stream: Stream) throws {
        let bytes = Array(stream.text.utf8)
        try expect(stream, chunks: [bytes])
        try expect(stream, chunks: bytes.map { [$0] })
        for first in 0...bytes.count {
            try expect(stream, chunks: [Array(bytes[..<first]), Array(bytes[first...])])
            for second in first...bytes.count where bytes.count < 64 {
                try expect(
                    stream,
                    chunks: [Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...])]
                )
            }
        }
    }

    @Test("events come as soon as their blank line is complete", arguments: ["\n\n", "\r\r", "\n\r", "\r\n\n"])
    func promptness(end: String) throws {
        var framer = SSEFramer()
        let bytes = Array("data: a\(end)".utf8)
        let event = try framer.next(in: bytes.span)
        #expect(event?.range == 0..<bytes.count)
    }

    @Test("with CRLF an event waits for its last line feed")
    func carriageReturnWaits() throws {
        var framer = SSEFramer()
        let bytes = Array("data: a\r\n\r\n".utf8)
        #expect(try framer.next(in: bytes.span.extracting(first: bytes.count - 1)) == nil)
        #expect(try framer.next(in: bytes.span)?.range == 0..<bytes.count)
    }

    @Test("an event says its name, its payload and whether it ends the stream")
    func fields() throws {
        var framer = SSEFramer()
        let text = Array("event: error\ndata: {\"x\":1}\n\ndata: [DONE]\n\n".utf8)
        let first = try #require(try framer.next(in: text.span))
        #expect(first.name.map { String(decoding: text[$0], as: UTF8.self) } == "error")
        #expect(first.data.map { String(decoding: text[$0], as: UTF8.self) } == "{\"x\":1}")
        #expect(first.dataLineCount == 1)
        #expect(!first.isDone)
        let second = try #require(try framer.next(in: text.span))
        #expect(second.isDone)
        #expect(second.name == nil)
        #expect(try framer.next(in: text.span) == nil)
    }

    @Test("an event beyond the limit is refused, finished or not")
    func limit() throws {
        let longest = SSEFramer.eventBytesMax - "data: \n\n".utf8.count
        for (excess, isFinished) in [(0, true), (1, true), (3, false)] {
            var bytes = Array("data: ".utf8) + [UInt8](repeating: 0x61, count: longest + excess)
            if isFinished { bytes += Array("\n\n".utf8) }
            var framer = SSEFramer()
            if excess == 0 {
                #expect(try framer.next(in: bytes.span)?.range == 0..<SSEFramer.eventBytesMax)
            } else {
                #expect(throws: SSEError(.eventTooLarge)) { try framer.next(in: bytes.span) }
            }
        }
    }

    @Test("random streams in random chunks give the events of the whole", arguments: [7, 0x55E] as [UInt64])
    func randomChunks(seed: UInt64) throws {
        print("seed: \(seed)")
        var random = SplitMix64(seed: seed)
        let pieces = ["data: x", "data:", ":c", "event: e", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\r\r", " ", "d"]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            let bytes = Array(text.utf8)
            let whole = try frames([bytes]).payloads.filter { $0 != nil }
            var chunks: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                chunks.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            let split = try frames(chunks)
            #expect(split.payloads.filter { $0 != nil } == whole, "\(text.debugDescription)")
            #expect(split.forwarded + split.tail == bytes)
        }
    }

    private func expect(_ stream: Stream, chunks: [[UInt8]]) throws {
        let framed = try frames(chunks)
        #expect(framed.payloads == stream.payloads)
        #expect(framed.forwarded + framed.tail == Array(stream.text.utf8))
        #expect(String(decoding: framed.tail, as: UTF8.self) == stream.tail)
    }

    /// What a relay does: append each chunk, take the events, drop what they covered.
    private func frames(_ chunks: [[UInt8]]) throws -> (payloads: [String?], forwarded: [UInt8], tail: [UInt8]) {
        var framer = SSEFramer()
        var buffer: [UInt8] = []
        var payloads: [String?] = []
        var forwarded: [UInt8] = []
        for (index, chunk) in chunks.enumerated() {
            buffer += chunk
            while let event = try framer.next(in: buffer.span) {
                forwarded += buffer[event.range]
                let payload =
                    event.dataLineCount > 1 ? event.joinedData(in: buffer.span) : event.data.map { Array(buffer[$0]) }
                payloads.append(payload.map { String(decoding: $0, as: UTF8.self) })
            }
            // Not after each chunk, so that both ways are covered.
            if index % 2 == 0 {
                let dropped = framer.eventStart
                buffer.removeFirst(dropped)
                framer.removeFirst(dropped)
            }
        }
        return (payloads, forwarded, Array(buffer[framer.eventStart...]))
    }
}
