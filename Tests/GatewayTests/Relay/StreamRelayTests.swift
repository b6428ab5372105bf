// SPDX-License-Identifier: Apache-2.0

import Gateway
import NIOCore
import Testing

@Suite("A stream relay")
struct StreamRelayTests {
    @Test("gives the same bytes and reads the same however the stream is cut in two", arguments: SampleStream.all)
    func everySplit(sample: SampleStream) throws {
        let bytes = Array(sample.text.utf8)
        let whole = try RelayedStream([bytes])
        for cut in 0...bytes.count {
            let cutInTwo = try RelayedStream([Array(bytes[..<cut]), Array(bytes[cut...])])
            try #require(cutInTwo == whole, "cut at \(cut)")
        }
    }

    @Test("gives the same bytes and reads the same byte by byte", arguments: SampleStream.all)
    func byteByByte(sample: SampleStream) throws {
        let relayed = try RelayedStream(sample.text.utf8.map { [$0] })
        #expect(relayed.out == sample.stripped)
        #expect(relayed.isComplete == sample.isComplete)
        #expect(relayed.contentEvents == sample.contentEvents)
        #expect(relayed.completion == sample.completionTokens)
    }

    @Test("gives every byte out where the client asked for the usage", arguments: SampleStream.all)
    func nothingStripped(sample: SampleStream) throws {
        let relayed = try RelayedStream(sample.text, stripsUsage: false)
        #expect(relayed.out == sample.text)
        #expect(relayed.completion == sample.completionTokens)
    }

    @Test(
        "holds back what shows nothing of the answer",
        arguments: [SampleStream.role, SampleStream.comment, SampleStream.ping, SampleStream.filter])
    func holdsBack(event: String) throws {
        var relay = StreamRelay(stripsUsage: true)
        let step = try relay.take(ByteBuffer(string: event))
        #expect(step.forward.isEmpty)
        #expect(step.failure == nil)
        #expect(!relay.isCommitted)

        let after = try relay.take(ByteBuffer(string: SampleStream.hello))
        #expect(after.forward.map { String(buffer: $0) }.joined() == event + SampleStream.hello)
        #expect(relay.isCommitted)
    }

    @Test(
        "is committed by what the client sees",
        arguments: [
            #"{"choices":[{"delta":{"content":"x"}}]}"#, #"{"choices":[{"delta":{"reasoning_content":"x"}}]}"#,
            #"{"choices":[{"delta":{"refusal":"no"}}]}"#, #"{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}"#,
            #"{"choices":[{"delta":{"audio":{"id":"a"}}}]}"#, #"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        ])
    func commits(json: String) throws {
        var relay = StreamRelay(stripsUsage: true)
        let step = try relay.take(ByteBuffer(string: "data: \(json)\n\n"))
        #expect(relay.isCommitted)
        #expect(step.forward.count == 1)
    }

    @Test("fails on an error before content and gives nothing out")
    func earlyError() throws {
        let error = SampleStream.event(
            #"{"error":{"message":"busy","type":"server_error","code":"server_is_overloaded"}}"#)
        let relayed = try RelayedStream(SampleStream.role + error)
        #expect(relayed.failure == "busy")
        #expect(relayed.out == "")
        #expect(!relayed.isCommitted)
    }

    @Test("passes an error after content on and remembers it")
    func lateError() throws {
        let error = SampleStream.event(#"{"error":{"message":"broke","type":"server_error","code":null}}"#)
        let relayed = try RelayedStream(SampleStream.role + SampleStream.hello + error)
        #expect(relayed.failure == nil)
        #expect(relayed.lateError == "broke")
        #expect(relayed.out == SampleStream.role + SampleStream.hello + error)
        #expect(!relayed.isComplete)
    }

    @Test("lets go of what it holds when that becomes too much")
    func holdLimit() throws {
        var relay = StreamRelay(stripsUsage: true, heldBytesMax: 100)
        var given = ""
        var out = ""
        while !relay.isCommitted {
            try #require(given.utf8.count <= 100 + SampleStream.comment.utf8.count)
            given += SampleStream.comment
            out += try relay.take(ByteBuffer(string: SampleStream.comment)).forward.map { String(buffer: $0) }.joined()
        }
        #expect(given.utf8.count > 100)
        #expect(out == given)
    }

    @Test("gives what it held when its caller commits it")
    func commitByCaller() throws {
        var relay = StreamRelay(stripsUsage: true)
        #expect(try relay.take(ByteBuffer(string: SampleStream.role)).forward.isEmpty)
        #expect(relay.commit().map { String(buffer: $0) } == [SampleStream.role])
        #expect(relay.commit().isEmpty)
        let step = try relay.take(ByteBuffer(string: SampleStream.comment))
        #expect(step.forward.map { String(buffer: $0) } == [SampleStream.comment])
    }

    @Test("passes events on whose data is no JSON")
    func malformedData() throws {
        let text = SampleStream.role + "data: {\"id\":\"\u{FF}\n\n" + SampleStream.hello + SampleStream.done
        #expect(try RelayedStream(text).out == text)
    }

    @Test("gives out the bytes after the last whole event when the stream has ended")
    func unterminatedEvent() throws {
        let text = SampleStream.role + SampleStream.hello + "data: [DON"
        let relayed = try RelayedStream(text)
        #expect(relayed.out == text)
        #expect(!relayed.isComplete)
    }

    @Test("refuses an event that has no end")
    func endlessEvent() throws {
        var relay = StreamRelay(stripsUsage: true)
        let piece = ByteBuffer(string: "data: " + String(repeating: "x", count: 1_024 * 1_024))
        #expect(throws: (any Error).self) {
            for _ in 0..<8 { _ = try relay.take(piece) }
        }
    }
}
