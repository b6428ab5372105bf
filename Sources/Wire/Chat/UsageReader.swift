// SPDX-License-Identifier: Apache-2.0

/// Reads the `usage` object of an answer, in the words of chat completions or of responses.
enum UsageReader {
    /// Reads the object at the cursor.
    static func read(_ cursor: inout JSONCursor, in bytes: Span<UInt8>) throws(JSONError) -> TokenUsage {
        var usage = TokenUsage()
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if key.equals("prompt_tokens", in: bytes) || key.equals("input_tokens", in: bytes) {
                usage.promptTokens = try count(&cursor, &usage, in: bytes)
            } else if key.equals("completion_tokens", in: bytes) || key.equals("output_tokens", in: bytes) {
                usage.completionTokens = try count(&cursor, &usage, in: bytes)
            } else if key.equals("total_tokens", in: bytes) {
                usage.totalTokens = try count(&cursor, &usage, in: bytes)
            } else if key.equals("prompt_tokens_details", in: bytes) || key.equals("input_tokens_details", in: bytes) {
                try readDetails(&cursor, &usage, isPrompt: true, in: bytes)
            } else if key.equals("completion_tokens_details", in: bytes)
                || key.equals("output_tokens_details", in: bytes)
            {
                try readDetails(&cursor, &usage, isPrompt: false, in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
        return usage
    }

    private static func readDetails(
        _ cursor: inout JSONCursor,
        _ usage: inout TokenUsage,
        isPrompt: Bool,
        in bytes: Span<UInt8>
    ) throws(JSONError) {
        guard try cursor.peekKind(in: bytes) == .object else {
            try cursor.skipValue(in: bytes)
            return
        }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if isPrompt, key.equals("cached_tokens", in: bytes) {
                usage.cachedTokens = try count(&cursor, &usage, in: bytes)
            } else if isPrompt, key.equals("audio_tokens", in: bytes) {
                usage.promptAudioTokens = try count(&cursor, &usage, in: bytes)
            } else if !isPrompt, key.equals("audio_tokens", in: bytes) {
                usage.completionAudioTokens = try count(&cursor, &usage, in: bytes)
            } else if !isPrompt, key.equals("reasoning_tokens", in: bytes) {
                usage.reasoningTokens = try count(&cursor, &usage, in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    /// A count that can be believed; anything else but null is noted as unusable.
    private static func count(
        _ cursor: inout JSONCursor,
        _ usage: inout TokenUsage,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> Int? {
        // Nearly every count is written like this, and has fewer digits than countMax.
        if let value = cursor.plainInteger(in: bytes, digitsMax: 12) { return value }
        let kind = try cursor.peekKind(in: bytes)
        let text = try cursor.skipValue(in: bytes)
        if kind == .null { return nil }
        guard kind == .number, let value = JSONCursor.integer(text, in: bytes),
            0...TokenUsage.countMax ~= value
        else {
            usage.hasUnusableCount = true
            return nil
        }
        return Int(value)
    }
}
