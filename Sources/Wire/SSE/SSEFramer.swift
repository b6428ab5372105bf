// SPDX-License-Identifier: Apache-2.0

/// Finds the events of a server-sent event stream (WHATWG HTML, section 9.2) in the bytes received so far.
///
/// The caller keeps the received bytes in one buffer and calls ``next(in:)`` with all of them after each read, until it
/// answers nil. Events come as offsets into that buffer, so nothing is copied, and the ranges of the events follow one
/// another without a gap: forwarding each range forwards the stream byte for byte. When the caller drops bytes from the
/// buffer's front it tells ``removeFirst(_:)``. No byte is looked at twice. Lines may end in LF, CRLF or CR, mixed.
package struct SSEFramer: Sendable {
    /// The longest event that is taken, in bytes.
    package static let eventBytesMax = 4 * 1024 * 1024

    /// Offset of the first byte that belongs to no event yet; the bytes before it may be dropped.
    package private(set) var eventStart = 0
    private var lineStart = 0
    private var position = 0
    private var isAtStreamStart = true
    /// Whether a line was ended by a CR that was the last byte received, so that a LF would belong to it.
    private var mayMeetLineFeed = false
    private var usesCRLF = false

    private var data: Range<Int>?
    private var dataLineCount = 0
    private var name: Range<Int>?

    package init() {}

    /// The next complete event; nil when more bytes are needed.
    ///
    /// - Parameter bytes: everything received and not dropped, beginning where it began at the last call.
    /// - Returns: the event, as offsets into `bytes`.
    /// - Throws: ``SSEError`` when an event is longer than ``eventBytesMax``.
    package mutating func next(in bytes: Span<UInt8>) throws(SSEError) -> SSEEvent? {
        guard skipMark(in: bytes) else { return nil }
        skipLineFeed(in: bytes)
        while true {
            let lineEnd = Self.endOfLine(from: position, in: bytes)
            guard lineEnd < bytes.count else {
                position = bytes.count
                try checkSize(upTo: position)
                return nil
            }
            var lineNext = lineEnd + 1
            if bytes[lineEnd] == 0x0D {
                if lineNext < bytes.count {
                    usesCRLF = bytes[lineNext] == 0x0A
                    lineNext += usesCRLF ? 1 : 0
                } else if usesCRLF && lineEnd == lineStart {
                    // The LF is on its way. With a sender of bare CRs the event would be complete, and must not wait.
                    position = lineEnd
                    return nil
                } else {
                    mayMeetLineFeed = true
                }
            } else {
                usesCRLF = false
            }
            let line = SSELine(lineStart..<lineEnd, in: bytes)
            lineStart = lineNext
            position = lineNext
            if take(line) {
                try checkSize(upTo: lineNext)
                return finishEvent(in: bytes)
            }
            skipLineFeed(in: bytes)
        }
    }

    /// Tells the framer that the caller has dropped bytes from the front of its buffer.
    ///
    /// - Parameter count: how many; never more than ``eventStart``.
    package mutating func removeFirst(_ count: Int) {
        precondition(count <= eventStart, "the bytes of an event that is not complete are still needed")
        eventStart -= count
        lineStart -= count
        position -= count
        data = data.map { $0.lowerBound - count..<$0.upperBound - count }
        name = name.map { $0.lowerBound - count..<$0.upperBound - count }
    }

    /// Takes in one line and says whether it ends the event.
    private mutating func take(_ line: SSELine) -> Bool {
        switch line {
        case .blank: return true
        case .data(let contents):
            data = (data?.lowerBound ?? contents.lowerBound)..<contents.upperBound
            dataLineCount += 1
        case .event(let contents): name = contents
        case .other: break
        }
        return false
    }

    private mutating func finishEvent(in bytes: Span<UInt8>) -> SSEEvent {
        let event = SSEEvent(
            range: eventStart..<position,
            data: data,
            dataLineCount: dataLineCount,
            name: name,
            isDone: data.map { bytes.extracting($0).holds("[DONE]", at: 0) } ?? false
        )
        eventStart = position
        data = nil
        dataLineCount = 0
        name = nil
        return event
    }

    /// Passes over a byte order mark at the start of the stream; false when more bytes must tell.
    private mutating func skipMark(in bytes: Span<UInt8>) -> Bool {
        guard isAtStreamStart else { return true }
        if bytes.holds("\u{FEFF}", at: 0) {
            lineStart = 3
            position = 3
        } else if bytes.count == 0 || bytes.count == 1 && bytes[0] == 0xEF
            || bytes.count == 2 && bytes[0] == 0xEF && bytes[1] == 0xBB
        {
            return false
        }
        isAtStreamStart = false
        return true
    }

    private mutating func skipLineFeed(in bytes: Span<UInt8>) {
        guard mayMeetLineFeed, position < bytes.count else { return }
        mayMeetLineFeed = false
        usesCRLF = bytes[position] == 0x0A
        guard usesCRLF else { return }
        position += 1
        lineStart = position
    }

    private func checkSize(upTo end: Int) throws(SSEError) {
        guard end - eventStart <= Self.eventBytesMax else { throw SSEError(.eventTooLarge) }
    }
}

extension SSEFramer {
    /// Offset of the first CR or LF at or after a position; the count of the bytes if there is none.
    ///
    /// Eight bytes at a time, as in ``JSONCursor``.
    static func endOfLine(from start: Int, in bytes: Span<UInt8>) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var offset = start
        while offset &+ 8 <= bytes.count {
            let word = bytes.wordWithin(at: offset)
            let feeds = word ^ (ones &* 0x0A)
            let returns = word ^ (ones &* 0x0D)
            let marks = ((feeds &- ones) & ~feeds | (returns &- ones) & ~returns) & (ones &* 0x80)
            if marks != 0 { return offset &+ marks.trailingZeroBitCount >> 3 }
            offset &+= 8
        }
        while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
            offset &+= 1
        }
        return offset
    }
}
