// SPDX-License-Identifier: Apache-2.0

import Foundation
import Replay
import Testing

@Suite("A replayed request's body")
struct RequestBodyTests {
    private func object(_ row: TraceRow, _ features: [MixFeature], streams: Bool = false) throws -> [String: Any] {
        let entry = MixEntry(
            weight: 1,
            product: "p",
            customerClass: "c",
            model: #"gpt"5"#,
            features: features,
            streams: streams
        )
        let data = Data(RequestBody.make(row: row, entry: entry))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func row(context: Int, generated: Int) -> TraceRow {
        TraceRow(offsetNanoseconds: 0, contextTokens: context, generatedTokens: generated)
    }

    private func content(_ body: [String: Any]) throws -> Any {
        let messages = try #require(body["messages"] as? [[String: Any]])
        return try #require(messages.first?["content"])
    }

    @Test("has a prompt of exactly the trace's tokens, at four bytes each", arguments: [0, 1, 143, 144, 145, 8_000])
    func promptTokens(tokens: Int) throws {
        let text = try #require(try content(try object(row(context: tokens, generated: 5), [])) as? String)
        #expect(text.utf8.count == tokens * 4)
    }

    @Test("allows an answer of the trace's tokens, and of one at least", arguments: [(0, 1), (1, 1), (211, 211)])
    func maxTokens(generated: Int, expected: Int) throws {
        #expect(try object(row(context: 1, generated: generated), [])["max_tokens"] as? Int == expected)
    }

    @Test("holds each feature that was drawn", arguments: MixFeature.allCases)
    func feature(feature: MixFeature) throws {
        let body = try object(row(context: 10, generated: 1), [feature])
        let parts = (try content(body) as? [[String: Any]])?.compactMap { $0["type"] as? String } ?? []
        switch feature {
        case .tools: #expect((body["tools"] as? [Any])?.count == 1)
        case .parallelTools: #expect(body["parallel_tool_calls"] as? Bool == true)
        case .jsonSchema: #expect((body["response_format"] as? [String: Any])?["type"] as? String == "json_schema")
        case .vision: #expect(parts == ["text", "image_url"])
        case .audioIn: #expect(parts == ["text", "input_audio"])
        case .logprobs: #expect(body["logprobs"] as? Bool == true)
        case .n: #expect(body["n"] as? Int == 2)
        case .reasoning: #expect(body["reasoning_effort"] as? String == "low")
        }
    }

    @Test("holds all features together, with the same prompt")
    func allFeatures() throws {
        let body = try object(row(context: 10, generated: 1), MixFeature.allCases, streams: true)
        let parts = try #require(try content(body) as? [[String: Any]])
        #expect((parts.first?["text"] as? String)?.utf8.count == 40)
        #expect(parts.count == 3)
        #expect(body["stream"] as? Bool == true)
        #expect(body["model"] as? String == #"gpt"5"#)
    }
}
