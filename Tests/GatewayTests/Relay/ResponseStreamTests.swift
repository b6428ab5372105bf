// SPDX-License-Identifier: Apache-2.0

import Gateway
import NIOCore
import Testing
import Wire

@Suite("A stream relay of a response")
struct ResponseStreamTests {
    @Test("gives the same bytes and reads the same however the stream is cut in two")
    func everySplit() throws {
        let text = SampleResponse.whole
        let bytes = Array(text.utf8)
        let whole = try RelayedStream([bytes], .responses)
        #expect(whole.out == text)
        #expect(whole.isComplete)
        #expect(whole.contentEvents == 2)
        #expect(whole.prompt == 9)
        #expect(whole.completion == 3)
        for cut in 0...bytes.count {
            let cutInTwo = try RelayedStream([Array(bytes[..<cut]), Array(bytes[cut...])], .responses)
            try #require(cutInTwo == whole, "cut at \(cut)")
        }
        #expect(try RelayedStream(bytes.map { [$0] }, .responses) == whole)
    }

    @Test("holds back what shows nothing of the answer, and then gives everything out in its order")
    func holdsBack() throws {
        var relay = StreamRelay(.responses, stripsUsage: true)
        var held = ""
        for event in [SampleResponse.created, SampleResponse.inProgress, SampleResponse.item, SampleResponse.part] {
            held += event
            let step = try relay.take(ByteBuffer(string: event))
            #expect(step.forward.isEmpty)
            #expect(!relay.isCommitted)
        }
        let step = try relay.take(ByteBuffer(string: SampleResponse.delta))
        #expect(step.forward.map { String(buffer: $0) }.joined() == held + SampleResponse.delta)
    }

    @Test(
        "P4: fails on an error that comes after the first events and before content", arguments: SampleResponse.failures
    )
    func earlyFailure(event: String) throws {
        let relayed = try RelayedStream(SampleResponse.created + SampleResponse.inProgress + event, .responses)
        #expect(relayed.failure == "no money")
        #expect(relayed.out == "")
        #expect(!relayed.isCommitted)
    }

    @Test("passes a failure after content on as the stream's last word", arguments: SampleResponse.failures)
    func lateFailure(event: String) throws {
        let text = SampleResponse.created + SampleResponse.item + SampleResponse.delta + event
        let relayed = try RelayedStream(text, .responses)
        #expect(relayed.failure == nil)
        #expect(relayed.lateError == "no money")
        #expect(relayed.out == text)
        #expect(relayed.isComplete)
    }

    @Test("P24: usage that is reported again replaces what was reported, and a part never replaces the whole")
    func cumulative() throws {
        func last(_ type: String, _ usage: String) -> String {
            SampleResponse.event(type, #""response":{"id":"r","usage":\#(usage)}"#)
        }
        let early = last("response.in_progress", #"{"input_tokens":9,"output_tokens":1,"total_tokens":10}"#)
        let end = last("response.completed", #"{"input_tokens":9,"output_tokens":3,"total_tokens":12}"#)
        let relayed = try RelayedStream(early + SampleResponse.delta + end, .responses)
        #expect(relayed.prompt == 9)
        #expect(relayed.completion == 3)
        let partial = try RelayedStream(
            early + SampleResponse.delta + last("response.incomplete", #"{"input_tokens":9}"#), .responses)
        #expect(partial.completion == 1)
        #expect(partial.isComplete)
    }

    @Test("is not complete without its last event")
    func brokenOff() throws {
        let relayed = try RelayedStream(SampleResponse.created + SampleResponse.item + SampleResponse.delta, .responses)
        #expect(!relayed.isComplete)
        #expect(relayed.isCommitted)
    }

    @Test("knows the number of the last event, for its own")
    func sequenceNumber() throws {
        var relay = StreamRelay(.responses, stripsUsage: true)
        _ = try relay.take(ByteBuffer(string: SampleResponse.event("response.created", #""sequence_number":41"#)))
        #expect(relay.lastSequenceNumber == 41)
    }

    @Test("of a completion is committed by its text and complete with [DONE]; the usage is stripped")
    func completion() throws {
        let empty = #"data: {"id":"c","choices":[{"index":0,"text":"","finish_reason":null}],"usage":null}"# + "\n\n"
        let text = #"data: {"id":"c","choices":[{"index":0,"text":"Hi","finish_reason":null}],"usage":null}"# + "\n\n"
        let end = #"data: {"id":"c","choices":[{"index":0,"text":"","finish_reason":"stop"}],"usage":null}"# + "\n\n"
        var relay = StreamRelay(.completions, stripsUsage: true)
        #expect(try relay.take(ByteBuffer(string: empty)).forward.isEmpty)
        #expect(try !relay.take(ByteBuffer(string: text)).forward.isEmpty)
        let relayed = try RelayedStream(
            [Array((empty + text + end + SampleStream.usage + SampleStream.done).utf8)], .completions)
        #expect(relayed.out == empty + text + end + SampleStream.done)
        #expect(relayed.isComplete)
        #expect(relayed.completion == 3)
    }
}
