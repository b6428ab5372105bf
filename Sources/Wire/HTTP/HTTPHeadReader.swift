// SPDX-License-Identifier: Apache-2.0

/// Reads the heads of HTTP/1.1 messages, strictly (RFC 9112), from bytes that come in pieces.
///
/// The caller keeps what it has received in one buffer and hands over all of it after each read, until the head is
/// whole. Each line is looked at once, when it is whole. Nothing is copied: a head holds offsets.
package struct HTTPHeadReader: Sendable {
    /// Whose heads are read.
    package enum Side: Sendable {
        case requests, answers
    }

    private let side: Side
    /// The head that was read, whole after ``read(_:)`` said so.
    package private(set) var head = HTTPHead()
    private var lineStart = 0
    private var searched = 0
    private var line = 0
    private var isAtStart = true

    package init(_ side: Side) {
        self.side = side
    }

    /// Reads on.
    ///
    /// - Parameter bytes: everything received since the message began.
    /// - Returns: whether the head is whole; ``HTTPHead/byteCount`` says where the body begins.
    /// - Throws: ``HTTPError`` for what is no such head; the bytes behind it mean nothing.
    package mutating func read(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        while true {
            if try readField(in: bytes) { continue }
            let end = bytes.endOfHTTPLine(from: searched)
            searched = end
            try checkLength(upTo: end)
            guard end < bytes.count else { return false }
            guard end > lineStart, bytes[end &- 1] == HTTPCharacter.carriageReturn else {
                throw HTTPError(.lineEndInvalid, line: line + 1)
            }
            let contents = lineStart..<end &- 1
            lineStart = end &+ 1
            searched = lineStart
            if contents.isEmpty, isAtStart {
                // One empty line before a request is forgiven: some clients send it behind a body (section 2.2).
                guard side == .requests, contents.lowerBound == 0 else {
                    throw HTTPError(.startLineMalformed, line: 1)
                }
                continue
            }
            line += 1
            if isAtStart {
                isAtStart = false
                try head.readStartLine(contents, of: side, in: bytes)
            } else if contents.isEmpty {
                head.byteCount = lineStart
                try head.finish(side)
                return true
            } else {
                try checkFieldCount()
                try head.readField(contents, line: line, in: bytes)
            }
        }
    }

    /// Reads the next line at one go if it is a field without fault and whole; says whether it did.
    ///
    /// The end of a value without fault is the end of its line, which then need not be looked for.
    @inline(__always)
    private mutating func readField(in bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        guard !isAtStart, searched == lineStart else { return false }
        let colon = bytes.endOfHTTPToken(in: lineStart..<bytes.count)
        guard colon > lineStart, colon < bytes.count, bytes.byteWithin(at: colon) == UInt8(ascii: ":") else {
            return false
        }
        let end = bytes.endOfHTTPValue(in: colon &+ 1..<bytes.count)
        guard end &+ 1 < bytes.count, bytes.byteWithin(at: end) == HTTPCharacter.carriageReturn,
            bytes.byteWithin(at: end &+ 1) == HTTPCharacter.lineFeed
        else { return false }
        try checkLength(upTo: end &+ 1)
        line += 1
        try checkFieldCount()
        try head.take(lineStart..<colon, colon &+ 1..<end, line: line, in: bytes)
        lineStart = end &+ 2
        searched = lineStart
        return true
    }

    /// Gives the head that was read away, and begins with the next message.
    package mutating func take() -> HTTPHead {
        var taken = HTTPHead()
        swap(&taken, &head)
        head.fields.reserveCapacity(taken.fields.count)
        restart()
        return taken
    }

    /// Begins with the next message.
    package mutating func reset() {
        head.reset()
        restart()
    }

    private mutating func restart() {
        lineStart = 0
        searched = 0
        line = 0
        isAtStart = true
    }

    @inline(__always)
    private func checkFieldCount() throws(HTTPError) {
        guard head.fields.count < HTTPLimits.fieldsMax else { throw HTTPError(.fieldsTooMany, line: line) }
    }

    @inline(__always)
    private func checkLength(upTo end: Int) throws(HTTPError) {
        if isAtStart, side == .requests, end &- lineStart > HTTPLimits.targetBytesMax + 64 {
            throw HTTPError(.targetTooLong, line: 1)
        }
        guard end &- lineStart <= HTTPLimits.fieldBytesMax else { throw HTTPError(.fieldTooLong, line: line + 1) }
        guard end <= HTTPLimits.headBytesMax else { throw HTTPError(.headTooLong, line: line + 1) }
    }
}
