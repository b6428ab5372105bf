// SPDX-License-Identifier: Apache-2.0

import Gateway
import NIOCore
import Testing
import Wire

@Suite("A client's trace context")
struct TraceContextTests {
    private static let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private static func read(_ fields: [String]) throws -> TraceContext? {
        let text = (["POST / HTTP/1.1", "host: g"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
        let bytes = Array(text.utf8)
        var reader = HTTPHeadReader(.requests)
        #expect(try reader.read(bytes.span))
        return TraceContext(reader.head, in: bytes.span)
    }

    private static func written(_ fields: [String]) throws -> String {
        var buffer = ByteBuffer()
        try read(fields)?.write(span: 0xAB, to: &buffer)
        return String(buffer: buffer)
    }

    @Test("goes on with the same trace, a span of ours and its state")
    func passed() throws {
        let context = try #require(try Self.read(["traceparent: \(Self.good)"]))
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.parentID == "00f067aa0ba902b7")
        let parent = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00000000000000ab-01\r\n"
        try #expect(Self.written(["traceparent: \(Self.good)"]) == parent)
        try #expect(
            Self.written(["TraceParent: \(Self.good)", "tracestate: a=1", "tracestate:", "TraceState: b=2,c=3"])
                == parent + "tracestate: a=1,b=2,c=3\r\n")
    }

    @Test(
        "keeps only the flags that version 00 knows",
        arguments: [("00", "00"), ("01", "01"), ("ff", "03"), ("02", "02")])
    func flags(sent: String, passed: String) throws {
        let text = try Self.written(["traceparent: \(Self.good.dropLast(2))\(sent)"])
        #expect(text.hasSuffix("-\(passed)\r\n"))
    }

    @Test(
        "that is not as version 00 has it is ignored, with its state",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        ])
    func ignored(value: String) throws {
        try #expect(Self.read(["traceparent: \(value)", "tracestate: a=1"]) == nil)
    }

    @Test("that is stated twice, or not at all, is none")
    func twice() throws {
        try #expect(Self.read(["traceparent: \(Self.good)", "traceparent: \(Self.good)"]) == nil)
        try #expect(Self.read(["tracestate: a=1"]) == nil)
    }

    @Test("loses a state that is longer than 512 bytes or no plain text, and goes on without")
    func longState() throws {
        let parent = "traceparent: \(Self.good)"
        for (state, isPassed) in [
            (String(repeating: "s", count: 512), true), (String(repeating: "s", count: 513), false),
            ("a=\u{FC}", false),
        ] {
            let text = try Self.written([parent, "tracestate: \(state)"])
            #expect(text.hasPrefix("traceparent: 00-"))
            #expect(text.contains("tracestate: ") == isPassed)
        }
        let halves = "tracestate: " + String(repeating: "s", count: 256)
        try #expect(!Self.written([parent, halves, halves]).contains("tracestate"))
    }
}
