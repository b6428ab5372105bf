// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Responses: the scanner of answers")
struct ResponsesScannerTests {
    static let usage =
        #"{"input_tokens":11,"input_tokens_details":{"cached_tokens":4},"output_tokens":22,"#
        + #""output_tokens_details":{"reasoning_tokens":6},"total_tokens":33}"#

    @Test(
        "what an event shows decides whether it is held back",
        arguments: [
            (#"{"type":"response.created","response":{"id":"r","output":[]}}"#, .prelude),
            (#"{"type":"response.queued","response":{"id":"r"}}"#, .prelude),
            (#"{"type":"response.in_progress","response":{"id":"r","usage":null}}"#, .prelude),
            (#"{"type":"response.output_item.added",INDEX,"item":{"type":"message","content":[]}}"#, .prelude),
            (#"{"type":"response.output_item.added",INDEX,"item":{"type":"reasoning","summary":[]}}"#, .prelude),
            (#"{"type":"response.output_item.added",INDEX,"item":{"type":"message","content":[{}]}}"#, .shown),
            (#"{"type":"response.output_item.added",INDEX,"item":{"type":"function_call","name":"f"}}"#, .shown),
            (#"{"type":"response.content_part.added",INDEX,"part":{"text":""}}"#, .prelude),
            (#"{"type":"response.content_part.added",INDEX,"part":{"text":"a"}}"#, .shown),
            (#"{"type":"response.reasoning_summary_part.added",INDEX,"part":{"text":""}}"#, .prelude),
            (#"{"type":"response.output_text.delta",INDEX,"delta":"Hi"}"#, .content),
            (#"{INDEX,"delta":"Hi","type":"response.refusal.delta"}"#, .content),
            (#"{"type":"response.reasoning_text.delta",INDEX,"delta":"hm"}"#, .content),
            (#"{"type":"response.reasoning_summary_text.delta",INDEX,"delta":"hm"}"#, .content),
            (#"{"type":"response.audio.delta","delta":"UklG"}"#, .content),
            (#"{"type":"response.function_call_arguments.delta",INDEX,"delta":"{"}"#, .content),
            (#"{"type":"response.output_text.delta",INDEX,"delta":""}"#, .prelude),
            (#"{"type":"response.web_search_call.searching",INDEX,"item_id":"w"}"#, .shown),
            (#"{"type":"response.output_item.done",INDEX,"item":{"type":"message","content":[]}}"#, .shown),
            (#"{"type":"response.something.new"}"#, .prelude),
            (
                #"{"type":"keepalive","#
                    + #""sequence_number":3}"#, .prelude
            ),
            (#"{"type":"response.completed","response":{"id":"r"}}"#, .end),
            (#"{"type":"response.incomplete","response":{"id":"r"}}"#, .end),
            (#"{"type":"response.failed","response":{"error":{"code":"server_error"}}}"#, .failure),
            (#"{"type":"error","code":"insufficient_quota","message":"m"}"#, .failure),
            (#"{"error":{"code":"insufficient_quota"}}"#, .failure), ("{}", .prelude), ("[]", .prelude), ("", .prelude),
        ] as [(String, ResponsesScan.Kind)])
    func kinds(event: String, kind: ResponsesScan.Kind) {
        #expect(scan(event.replacing("INDEX", with: #""output_index":0"#)).kind == kind)
    }

    @Test("P24: every last event has its usage", arguments: ["completed", "incomplete", "failed", "cancelled"])
    func usage(ending: String) {
        var expected = TokenUsage()
        expected.promptTokens = 11
        expected.completionTokens = 22
        expected.totalTokens = 33
        expected.cachedTokens = 4
        expected.reasoningTokens = 6
        let event =
            #"{"type":"response.\#(ending)","sequence_number":9,"response":{"id":"resp_1","#
            + #""output":[{"type":"reasoning","#
            + #""id":"rs_1","encrypted_content":"gAA","summary":[]}],"usage":\#(Self.usage)}}"#
        let scan = self.scan(event)
        #expect(scan.usage == expected)
        #expect(scan.sequenceNumber == 9)
        #expect(scan.isWellFormed)
        let bytes = Array(event.utf8)
        let names = scan.names.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        #expect(names == ["resp_1", "rs_1", "gAA"])
    }

    @Test(
        "the words of an error are found wherever they stand",
        arguments: [
            (
                #"{"type":"error","code":"insufficient_quota","message":"no money","#
                    + #""param":null,"sequence_number":1}"#, 1
            ),
            (
                #"{"type":"error","sequence_number":2,"error":{"type":"x","#
                    + #""code":"insufficient_quota","message":"no money"}}"#, 2
            ),
            (
                #"{"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","#
                    + #""message":"no money"}}}"#, nil
            ),
        ] as [(String, Int64?)])
    func errors(event: String, number: Int64?) throws {
        let scan = self.scan(event)
        let bytes = Array(event.utf8)
        let range = try #require(scan.error)
        let error = JSONErrorScanner.scan(Array(bytes[range]).span)
        #expect(error.code == "insufficient_quota")
        #expect(error.message == "no money")
        #expect(scan.sequenceNumber == number)
    }

    @Test("a whole response is read, and one that failed is told apart")
    func body() throws {
        let whole = #"{"id":"resp_1","status":"completed","output":[],"error":null,"usage":\#(Self.usage)}"#
        let read = ResponsesScanner.scan(body: Array(whole.utf8).span)
        #expect(read.kind == .end)
        #expect(read.isWellFormed)
        #expect(read.usage?.promptTokens == 11)
        #expect(read.error == nil)
        let failed = #"{"id":"r","status":"failed","error":{"code":"server_error","message":"m"},"usage":null}"#
        let other = ResponsesScanner.scan(body: Array(failed.utf8).span)
        #expect(other.kind == .failure)
        #expect(other.error != nil)
        #expect(other.usage == nil)
    }

    @Test("what is cut or odd is read as far as it goes, and never as complete")
    func everyCut() {
        let text = #"{"type":"response.completed","response":{"id":"r","usage":\#(Self.usage),"output":[]}}"#
        let event = Array(text.utf8)
        for count in event.indices {
            let cut = self.scan(Array(event[..<count]))
            #expect(!cut.isWellFormed)
        }
        for odd in [#"{"type":7,"response":"x","item":[],"part":1,"delta":null,"sequence_number":"a","usage":{}}"#] {
            #expect(scan(odd).kind == .prelude)
        }
    }

    @Test("no more names are kept than may be")
    func names() {
        let items = (0..<500).map { #"{"type":"message","id":"m\#($0)"}"# }.joined(separator: ",")
        #expect(
            scan(
                #"{"type":"response.completed","#
                    + #""response":{"output":[\#(items)]}}"#
            ).names.count == ResponsesScan.namesMax)
    }

    private func scan(_ event: String) -> ResponsesScan {
        scan(Array(event.utf8))
    }

    private func scan(_ event: [UInt8]) -> ResponsesScan {
        ResponsesScanner.scan(event: event.span)
    }
}
