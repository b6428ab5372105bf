// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Chat: the response scanner")
struct ResponseScannerTests {
    @Test("P22: the usage of every terminal shape is read")
    func usage() throws {
        let usage =
            #"{"prompt_tokens":11,"completion_tokens":22,"total_tokens":33,"prompt_tokens_details":{"cached_tokens":4,"#
            + #""audio_tokens":5},"completion_tokens_details":{"reasoning_tokens":6,"audio_tokens":7,"x":null},"y":{}}"#
        var expected = TokenUsage()
        expected.promptTokens = 11
        expected.completionTokens = 22
        expected.totalTokens = 33
        expected.cachedTokens = 4
        expected.promptAudioTokens = 5
        expected.reasoningTokens = 6
        expected.completionAudioTokens = 7
        let chunk = scan(#"{"choices":[],"usage":\#(usage)}"#)
        #expect(chunk.usage == expected)
        #expect(chunk.isUsageChunk)
        #expect(!chunk.isVisible)
        let combined = scan(#"{"usage":\#(usage),"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
        #expect(combined.usage == expected)
        #expect(!combined.isUsageChunk)
        #expect(combined.hasFinishReason)
        let whole = scan(#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":\#(usage)}"#)
        #expect(whole.usage == expected)
        #expect(whole.isVisible)
        #expect(whole.usageValue?.count == usage.utf8.count)
        #expect(expected.isComplete)
    }

    @Test(
        "a count that can't be believed is unreported",
        arguments: [
            ("-1", nil, true), ("1099511627777", nil, true), ("1099511627776", 1_099_511_627_776, false),
            ("1.5", nil, true),
            ("\"7\"", nil, true), ("99999999999999999999999", nil, true), ("null", nil, false), ("0", 0, false),
            ("[]", nil, true),
        ] as [(String, Int?, Bool)]
    )
    func counts(text: String, count: Int?, isUnusable: Bool) {
        let usage = scan(#"{"choices":[],"usage":{"prompt_tokens":\#(text)}}"#).usage
        #expect(usage?.promptTokens == count)
        #expect(usage?.hasUnusableCount == isUnusable)
        #expect(usage?.isComplete == false)
    }

    @Test(
        "a chunk is visible when it holds something of the answer",
        arguments: [
            (#"{"role":"assistant"}"#, false), (#"{"role":"assistant","content":""}"#, false),
            (#"{"content":null}"#, false),
            (#"{"content":"x"}"#, true), (#"{"content":"\n"}"#, true), (#"{"content":[{"type":"text"}]}"#, true),
            (#"{"content":[]}"#, false), (#"{"refusal":"no"}"#, true), (#"{"refusal":null}"#, false),
            (#"{"reasoning_content":"hm"}"#, true), (#"{"reasoning":"hm"}"#, true), (#"{"reasoning":""}"#, false),
            (#"{"tool_calls":[{"index":0}]}"#, true), (#"{"tool_calls":[]}"#, false),
            (#"{"function_call":{"name":"f"}}"#, true),
            (#"{"function_call":null}"#, false), (#"{"audio":{"data":"x"}}"#, true), (#"{"audio":{}}"#, false),
            (#"{"c\u006fntent":"x"}"#, true), (#"{"unknown":"x"}"#, false), (#"{}"#, false),
        ]
    )
    func content(delta: String, isVisible: Bool) {
        for key in ["delta", "message"] {
            let scan = scan(#"{"choices":[{"index":0,"\#(key)":\#(delta),"finish_reason":null}]}"#)
            #expect(scan.holdsContent == isVisible)
            #expect(scan.isVisible == isVisible)
            #expect(scan.choices == .present)
        }
        #expect(scan(#"{"choices":[{"delta":\#(delta),"finish_reason":"length"}]}"#).isVisible)
    }

    @Test("Azure's first chunk, with an annotation and no choices, is neither visible nor a usage chunk")
    func azureFirstChunk() {
        let chunk = scan(#"{"choices":[],"prompt_filter_results":[{"content_filter_results":{}}],"usage":null}"#)
        #expect(chunk.choices == .empty)
        #expect(!chunk.isVisible)
        #expect(!chunk.isUsageChunk)
        #expect(chunk.isWellFormed)
    }

    @Test(
        "an error is seen in each shape",
        arguments: [
            (#"{"error":{"message":"m","code":"server_error"}}"#, #"{"message":"m","code":"server_error"}"#),
            (#"{"error":"overloaded"}"#, #""overloaded""#),
            (#"{"object":"error","message":"m"}"#, #"{"object":"error","message":"m"}"#),
            (#"{"error":null,"choices":[]}"#, nil), (#"{"object":"chat.completion.chunk"}"#, nil),
        ] as [(String, String?)]
    )
    func errors(payload: String, error: String?) {
        let bytes = Array(payload.utf8)
        #expect(scan(payload).error.map { String(decoding: bytes[$0], as: UTF8.self) } == error)
    }

    @Test(
        "unexpected types and broken bytes are passed over",
        arguments: [
            ("", false), ("[DONE]", false), ("[]", false), ("null", false), ("{", false),
            (#"{"choices":7,"usage":[]}"#, true),
            (#"{"choices":[1,null,{"delta":"x"}],"usage":"u"}"#, true), (#"{"choices":{}}x"#, false),
        ]
    )
    func tolerance(payload: String, isWellFormed: Bool) {
        let scan = scan(payload)
        #expect(scan.isWellFormed == isWellFormed)
        #expect(scan.usage == nil)
        #expect(!scan.isVisible)
    }

    @Test("the usage alone is what a whole scan finds, whatever was damaged", arguments: [0xA11CE, 0xB0B] as [UInt64])
    func usageAlone(seed: UInt64) {
        let answer =
            #"{"id":"c","created":1741569952,"choices":[{"message":{"content":"Hi \"you\"","annotations":[]},"logprobs":"#
            + #"null,"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":22,"total_tokens":33,"#
            + #""prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{}},"x":"#
            + #"[{"usage":{"prompt_tokens":1}}],"us\u0061ge": {"input_tokens" : 7 , "output_tokens" : 1.5}}"#
        let whole = Array(answer.utf8)
        let undamaged = ResponseScanner.usage(in: whole.span)
        #expect(undamaged?.promptTokens == 7)
        for count in whole.indices {
            let cut = whole.span.extracting(first: count)
            let usage = ResponseScanner.usage(in: cut)
            let scanned = ResponseScanner.scan(cut).usage
            #expect(usage == scanned, "\(count)")
        }
        var random = SplitMix64(seed: seed)
        let alphabet = Array("{}[]\",:\\019e-.tnu \n".utf8) + [0x00, 0x80]
        var counts = (read: 0, unread: 0)
        for round in 0..<4_000 {
            var damaged = whole
            let place = Int.random(in: 0..<damaged.count, using: &random)
            let byte = alphabet.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<3, using: &random) {
            case 0: damaged[place] = byte
            case 1: damaged.insert(byte, at: place)
            default: damaged.remove(at: place)
            }
            let usage = ResponseScanner.usage(in: damaged.span)
            let scanned = ResponseScanner.scan(damaged.span).usage
            #expect(usage == scanned, "seed \(seed), round \(round)")
            if usage == nil { counts.unread += 1 } else { counts.read += 1 }
        }
        #expect(counts.read > 400)
        #expect(counts.unread > 400)
    }

    private func scan(_ payload: String) -> ResponseScan {
        ResponseScanner.scan(Array(payload.utf8).span)
    }
}
