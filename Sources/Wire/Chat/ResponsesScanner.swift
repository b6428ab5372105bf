// SPDX-License-Identifier: Apache-2.0

/// Reads a response body or the payload of one event of its stream, without decoding it.
///
/// The members and events are those of `Response` and `ResponseStreamEvent` in OpenAI's published API description. What
/// an event is stands in its `type`; the line `event:` only repeats it.
package struct ResponsesScanner {
    private var cursor = JSONCursor()
    private var scan = ResponsesScan()
    private var type: JSONText?
    private var hasOutputIndex = false
    /// Whether the part, item or piece that an event carries holds something.
    private var isFilled = false

    private init() {}

    /// Scans the data of one event.
    package static func scan(event bytes: Span<UInt8>) -> ResponsesScan {
        var scanner = ResponsesScanner()
        do {
            try scanner.readEvent(in: bytes)
            scanner.scan.isWellFormed = true
        } catch {
            scanner.scan.isWellFormed = false
        }
        return scanner.scan
    }

    /// Scans a whole response, or its beginning.
    package static func scan(body bytes: Span<UInt8>) -> ResponsesScan {
        var scanner = ResponsesScanner()
        scanner.scan.kind = .end
        do {
            try scanner.readResponse(in: bytes)
            try scanner.cursor.finish(in: bytes)
            scanner.scan.isWellFormed = true
        } catch {
            scanner.scan.isWellFormed = false
        }
        return scanner.scan
    }

    private mutating func readEvent(in bytes: Span<UInt8>) throws(JSONError) {
        _ = try cursor.peekKind(in: bytes)
        let start = cursor.position
        // Whatever breaks off, the type that was read decides.
        defer { settleKind(in: bytes) }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if key.equals("type", in: bytes), kind == .string {
                type = try cursor.string(in: bytes)
            } else if key.equals("delta", in: bytes) {
                isFilled = try cursor.skipAndTellWhetherFilled(in: bytes) || isFilled
            } else if key.equals("sequence_number", in: bytes), kind == .number {
                scan.sequenceNumber = JSONCursor.integer(try cursor.number(in: bytes), in: bytes)
            } else if key.equals("output_index", in: bytes) {
                hasOutputIndex = true
                try cursor.skipValue(in: bytes)
            } else if key.equals("response", in: bytes), kind == .object {
                try readResponse(in: bytes)
            } else if key.equals("item", in: bytes), kind == .object {
                try readItem(in: bytes)
            } else if key.equals("part", in: bytes), kind == .object {
                try readPart(in: bytes)
            } else if key.equals("error", in: bytes), kind == .object {
                scan.error = try cursor.skipValue(in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
        if scan.error == nil, let type, type.equals("error", in: bytes) || type.equals("response.failed", in: bytes) {
            scan.error = start..<cursor.position
        }
        try cursor.finish(in: bytes)
    }

    private mutating func settleKind(in bytes: Span<UInt8>) {
        guard let type else {
            if scan.error != nil { scan.kind = .failure }
            return
        }
        if type.ends(with: ".delta", in: bytes) {
            scan.kind = isFilled ? .content : .prelude
        } else if type.ends(with: ".added", in: bytes) {
            scan.kind = isFilled ? .shown : .prelude
        } else if type.equals("response.completed", in: bytes) || type.equals("response.incomplete", in: bytes)
            || type.equals("response.cancelled", in: bytes)
        {
            scan.kind = .end
        } else if type.equals("response.failed", in: bytes) || type.equals("error", in: bytes) {
            scan.kind = .failure
        } else if hasOutputIndex {
            // A tool of the provider works, or a part is whole.
            scan.kind = .shown
        }
    }

    /// Reads a response, whole or as an event carries it.
    private mutating func readResponse(in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if key.equals("id", in: bytes), kind == .string {
                name(try cursor.string(in: bytes))
            } else if key.equals("usage", in: bytes), kind == .object {
                scan.usage = try UsageReader.read(&cursor, in: bytes)
            } else if key.equals("error", in: bytes), kind == .object {
                scan.error = try cursor.skipValue(in: bytes)
            } else if key.equals("status", in: bytes), kind == .string {
                if try cursor.string(in: bytes).equals("failed", in: bytes) { scan.kind = .failure }
            } else if key.equals("output", in: bytes), kind == .array {
                try cursor.openArray(in: bytes)
                while try cursor.nextElement(in: bytes) {
                    if try cursor.peekKind(in: bytes) == .object {
                        try readItem(in: bytes)
                    } else {
                        try cursor.skipValue(in: bytes)
                    }
                }
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    /// Reads an item of the output.
    private mutating func readItem(in bytes: Span<UInt8>) throws(JSONError) {
        // A message or reasoning is empty when it is announced; any other item is a call, which says something itself.
        var mayBeEmpty = false
        var isItemFilled = false
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if key.equals("type", in: bytes), kind == .string {
                let type = try cursor.string(in: bytes)
                mayBeEmpty = type.equals("message", in: bytes) || type.equals("reasoning", in: bytes)
            } else if key.equals("id", in: bytes), kind == .string {
                name(try cursor.string(in: bytes))
            } else if key.equals("encrypted_content", in: bytes), kind == .string {
                name(try cursor.string(in: bytes))
            } else if key.equals("content", in: bytes) || key.equals("summary", in: bytes) {
                isItemFilled = try cursor.skipAndTellWhetherFilled(in: bytes) || isItemFilled
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
        isFilled = isFilled || isItemFilled || !mayBeEmpty
    }

    /// Reads a part of a message, reasoning or summary.
    private mutating func readPart(in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let isContent =
                key.equals("text", in: bytes) || key.equals("refusal", in: bytes)
                || key.equals("transcript", in: bytes)
            if try cursor.skipAndTellWhetherFilled(in: bytes), isContent { isFilled = true }
        }
    }

    private mutating func name(_ text: JSONText) {
        guard text.unescapedCount > 0, scan.names.count < ResponsesScan.namesMax else { return }
        scan.names.append(text)
    }
}

extension JSONText {
    /// Whether a string that is written without escapes ends with an ASCII literal.
    fileprivate func ends(with literal: StaticString, in bytes: Span<UInt8>) -> Bool {
        let start = range.upperBound - literal.utf8CodeUnitCount
        return !hasEscapes && start >= range.lowerBound && bytes.holds(literal, at: start)
    }
}
