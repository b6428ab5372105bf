// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("The usage of an answer that is too long to keep")
struct UsageFinderTests {
    @Test(
        "is found however the answer is cut",
        arguments: [
            (#"{"data":[{"embedding":[0.1,-2e3]}],"usage":{"prompt_tokens":7,"total_tokens":7}}"#, 7),
            (#"{ "usage" : { "prompt_tokens" : 7 } , "data":[]}"#, 7),
            (#"{"usage":null,"data":["usage",{"usage":{"prompt_tokens":9}}]}"#, nil),
            (#"{"a":"\"usage\":{\"prompt_tokens\":9}","usage":{"prompt_tokens":7,"d":{"x":[1,2]}}}"#, 7),
            (#"{"usag":{"prompt_tokens":9},"usages":{"prompt_tokens":9},"usage":{"input_tokens":7}}"#, 7),
            (#"{"usage":{"prompt_tokens":8},"usage":{"prompt_tokens":7}}"#, 7),
            (#"[{"usage":{"prompt_tokens":9}}]"#, nil), (#"{"usage":[7]}"#, nil),
            (#"{"usage":{"prompt_tokens":7}"#, nil),
            (
                #"{"a":"\\","#
                    + #""usage":{"prompt_tokens":7}}"#, 7
            ), ("", nil), (#"}}]],,::"usage":{"prompt_tokens":7}"#, nil),
        ] as [(String, Int?)])
    func everySplit(answer: String, prompt: Int?) {
        let bytes = Array(answer.utf8)
        for cut in 0...bytes.count {
            var finder = UsageFinder()
            finder.take(Array(bytes[..<cut]).span)
            finder.take(Array(bytes[cut...]).span)
            #expect(finder.usage?.promptTokens == prompt, "cut at \(cut)")
        }
        var finder = UsageFinder()
        for byte in bytes { finder.take([byte].span) }
        #expect(finder.usage?.promptTokens == prompt)
    }

    @Test("is not kept where it is itself too long")
    func tooLong() {
        let padding = String(repeating: "x", count: UsageFinder.usageBytesMax)
        var finder = UsageFinder()
        finder.take(Array(#"{"usage":{"x":"\#(padding)","prompt_tokens":7},"b":1}"#.utf8).span)
        #expect(finder.usage == nil)
    }
}
