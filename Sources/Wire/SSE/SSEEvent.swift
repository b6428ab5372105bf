// SPDX-License-Identifier: Apache-2.0

/// One server-sent event, as offsets into the bytes that the framer was given.
package struct SSEEvent: Equatable, Sendable {
    /// Everything of the event with its blank line: what to forward, hold back or strip.
    package var range: Range<Int>
    /// The contents of its `data` line; nil for a comment or a ping without data.
    ///
    /// With several lines it spans from the first to the end of the last, and ``joinedData(in:)`` has the payload.
    package var data: Range<Int>?
    /// How many `data` lines it has.
    package var dataLineCount: Int
    /// The contents of its last `event` line.
    package var name: Range<Int>?
    /// Whether its payload begins with `[DONE]`, which ends a chat completion stream.
    package var isDone: Bool

    /// The payload with its lines joined by line feeds (WHATWG HTML, section 9.2.6).
    ///
    /// Only an event with several `data` lines needs this copy; otherwise ``data`` is the payload.
    package func joinedData(in bytes: Span<UInt8>) -> [UInt8] {
        var joined: [UInt8] = []
        var lineCount = 0
        var lineStart = range.lowerBound
        while lineStart < range.upperBound {
            let lineEnd = SSEFramer.endOfLine(from: lineStart, in: bytes)
            let line = SSELine(lineStart..<lineEnd, in: bytes)
            // Between CR and LF this sees one more blank line, which says nothing.
            lineStart = lineEnd + 1
            guard case .data(let contents) = line else { continue }
            if lineCount > 0 { joined.append(0x0A) }
            lineCount += 1
            for index in contents {
                joined.append(bytes[index])
            }
        }
        return joined
    }
}
