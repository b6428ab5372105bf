// SPDX-License-Identifier: Apache-2.0

/// The chat completion body (OpenAI dialect) of one replayed arrival.
package enum RequestBody {
    /// The simulated tokeniser: four bytes of message text are one token.
    package static let bytesPerToken = 4

    // A valid PNG of one pixel, and a WAV header without samples: real enough for every scanner on the way.
    private static let image =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    private static let audio = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="

    /// The body of an arrival, as the entry that was drawn for it wants it.
    ///
    /// The prompt has exactly `row.contextTokens` simulated tokens, and the answer may have `row.generatedTokens`, at
    /// least 1. What a feature adds counts as no prompt text.
    package static func make(row: TraceRow, entry: MixEntry) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(row.contextTokens * bytesPerToken + 1_024)
        body += #"{"model":"#.utf8
        appendString(entry.model, to: &body)
        body += #","messages":[{"role":"user","content":"#.utf8
        appendContent(row: row, features: entry.features, to: &body)
        body += #"}],"max_tokens":\#(max(1, row.generatedTokens))"#.utf8
        for feature in entry.features { body += members(of: feature).utf8 }
        if entry.streams { body += #","stream":true"#.utf8 }
        body.append(UInt8(ascii: "}"))
        return body
    }

    private static func appendContent(row: TraceRow, features: [MixFeature], to body: inout [UInt8]) {
        let parts = features.contains(.vision) || features.contains(.audioIn)
        if parts { body += #"[{"type":"text","text":"#.utf8 }
        body.append(UInt8(ascii: "\""))
        var left = row.contextTokens * bytesPerToken
        while left > 0 {
            let piece = words.prefix(left)
            body += piece
            left -= piece.count
        }
        body.append(UInt8(ascii: "\""))
        guard parts else { return }
        body.append(UInt8(ascii: "}"))
        if features.contains(.vision) {
            body += #",{"type":"image_url","image_url":{"url":"data:image/png;base64,\#(image)"}}"#.utf8
        }
        if features.contains(.audioIn) {
            body += #",{"type":"input_audio","input_audio":{"data":"\#(audio)","format":"wav"}}"#.utf8
        }
        body.append(UInt8(ascii: "]"))
    }

    private static func members(of feature: MixFeature) -> String {
        switch feature {
        case .tools:
            #","tools":[{"type":"function","function":{"name":"look_up","description":"Looks a word up","#
                + #""parameters":{"type":"object","properties":{"word":{"type":"string"}},"required":["word"]}}}]"#
        case .parallelTools: #","parallel_tool_calls":true"#
        case .jsonSchema:
            #","response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":"#
                + #"{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"]}}}"#
        case .vision, .audioIn: ""
        case .logprobs: #","logprobs":true"#
        case .n: #","n":2"#
        case .reasoning: #","reasoning_effort":"low""#
        }
    }

    /// Words of four bytes, the space included.
    private static let words = Array(String(repeating: "the sun may set and day end but men ", count: 64).utf8)

    private static func appendString(_ text: String, to body: inout [UInt8]) {
        body.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { body.append(UInt8(ascii: "\\")) }
            body.append(byte)
        }
        body.append(UInt8(ascii: "\""))
    }
}
