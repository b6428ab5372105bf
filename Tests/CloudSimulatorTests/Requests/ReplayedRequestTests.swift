// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Replay
import Testing
import Wire

@Suite("A replayed request")
struct ReplayedRequestTests {
    @Test("has in the simulator's eyes exactly the tokens of the trace and the features of the mix")
    func agrees() throws {
        let features: [(MixFeature, RequestFeatures)] = [
            (.tools, .tools), (.parallelTools, []), (.jsonSchema, .jsonSchema), (.vision, .vision),
            (.audioIn, .audioIn), (.logprobs, .logprobs), (.n, .n), (.reasoning, .reasoning),
        ]
        for (tokens, (feature, expected)) in zip([0, 1, 2, 3, 145, 1_000, 4_095, 8_001], features) {
            let entry = MixEntry(
                weight: 1,
                product: "p",
                customerClass: "c",
                model: "gpt",
                features: [feature],
                streams: true
            )
            let row = TraceRow(offsetNanoseconds: 0, contextTokens: tokens, generatedTokens: 7)
            let body = RequestBody.make(row: row, entry: entry)
            let request = try CloudRequest(body: body.span, deployment: nil)
            #expect(request.promptTokens == tokens)
            #expect(request.completionTokensMax == 7)
            #expect(request.features == expected.union(.streaming), "\(feature)")
        }
        #expect(RequestBody.bytesPerToken == TokenText.bytesPerToken)
        let entry = MixEntry(
            weight: 1,
            product: "p",
            customerClass: "c",
            model: "gpt",
            features: [.tools, .parallelTools],
            streams: false
        )
        let row = TraceRow(offsetNanoseconds: 0, contextTokens: 1, generatedTokens: 1)
        let request = try CloudRequest(body: RequestBody.make(row: row, entry: entry).span, deployment: nil)
        #expect(request.features == [.tools, .parallelTools])
    }

    @Test("counts text of n tokens as n", arguments: [0, 1, 9, 10, 4_097])
    func tokenText(tokens: Int) {
        #expect(TokenText.tokens(bytes: TokenText.prompt(tokens: tokens).utf8.count) == tokens)
    }

    @Test("counts a rest of a token as one")
    func rest() {
        #expect([0, 1, 3, 4, 5].map(TokenText.tokens(bytes:)) == [0, 1, 1, 1, 2])
    }
}
