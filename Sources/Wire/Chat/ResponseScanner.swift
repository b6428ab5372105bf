// SPDX-License-Identifier: Apache-2.0

/// Reads the body of a chat completion, completion or embedding, or the payload of one stream event, without decoding
/// it.
package struct ResponseScanner {
    private var cursor = JSONCursor()
    private var scan = ResponseScan()

    private init() {}

    /// Scans a response body, or the data of one event.
    package static func scan(_ bytes: Span<UInt8>) -> ResponseScan {
        var scanner = ResponseScanner()
        do {
            try scanner.readRoot(in: bytes)
            scanner.scan.isWellFormed = true
        } catch {
            scanner.scan.isWellFormed = false
        }
        return scanner.scan
    }

    /// Reads nothing but the usage of a response body: the same as ``scan(_:)`` finds, for less.
    package static func usage(in bytes: Span<UInt8>) -> TokenUsage? {
        var scanner = ResponseScanner()
        // What was read before bytes that are not JSON is kept.
        try? scanner.readUsage(in: bytes)
        return scanner.scan.usage
    }

    private mutating func readUsage(in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if key.equals("usage", in: bytes), try cursor.peekKind(in: bytes) == .object {
                scan.usage = try UsageReader.read(&cursor, in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    private mutating func readRoot(in bytes: Span<UInt8>) throws(JSONError) {
        _ = try cursor.peekKind(in: bytes)
        let start = cursor.position
        try cursor.openObject(in: bytes)
        var isErrorItself = false
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if key.equals("choices", in: bytes), kind == .array {
                try readChoices(in: bytes)
            } else if key.equals("usage", in: bytes), kind == .object {
                let valueStart = cursor.position
                scan.usage = try UsageReader.read(&cursor, in: bytes)
                scan.usageValue = valueStart..<cursor.position
            } else if key.equals("error", in: bytes), kind == .object || kind == .string {
                scan.error = try cursor.skipValue(in: bytes)
            } else if key.equals("object", in: bytes), kind == .string {
                isErrorItself = try cursor.string(in: bytes).equals("error", in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
        // vLLM before 0.10 wrote the error's members at the top.
        if isErrorItself, scan.error == nil { scan.error = start..<cursor.position }
        try cursor.finish(in: bytes)
    }

    private mutating func readChoices(in bytes: Span<UInt8>) throws(JSONError) {
        scan.choices = .empty
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            scan.choices = .present
            guard try cursor.peekKind(in: bytes) == .object else {
                try cursor.skipValue(in: bytes)
                continue
            }
            try cursor.openObject(in: bytes)
            while let key = try cursor.nextKey(in: bytes) {
                let kind = try cursor.peekKind(in: bytes)
                if key.equals("delta", in: bytes) || key.equals("message", in: bytes), kind == .object {
                    try readDelta(in: bytes)
                } else if key.equals("text", in: bytes), kind == .string {
                    // A completion's own place for what a chat has in its delta.
                    if try cursor.string(in: bytes).unescapedCount > 0 { scan.holdsContent = true }
                } else if key.equals("finish_reason", in: bytes) {
                    if kind != .null { scan.hasFinishReason = true }
                    try cursor.skipValue(in: bytes)
                } else {
                    try cursor.skipValue(in: bytes)
                }
            }
        }
    }

    private mutating func readDelta(in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let isContent =
                key.equals("content", in: bytes) || key.equals("tool_calls", in: bytes)
                || key.equals("reasoning_content", in: bytes) || key.equals("reasoning", in: bytes)
                || key.equals("refusal", in: bytes) || key.equals("audio", in: bytes)
                || key.equals("function_call", in: bytes)
            if try cursor.skipAndTellWhetherFilled(in: bytes), isContent { scan.holdsContent = true }
        }
    }
}
