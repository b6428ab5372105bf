// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads one answer after another from a connection: the status, the length, the instants in its events.
///
/// It trusts the proxy's framing no further than it must to see an answer's end.
struct AnswerReader {
    /// What was read.
    enum Step {
        case needsMore
        /// An event with content, and when the upstream wrote it.
        case event(stamp: Int64)
        case end
        case failed
    }

    private enum State {
        case head
        case body(left: Int)
        case chunkLine
        case chunk(left: Int)
        case chunkEnd
        case lastLine
    }

    private(set) var status = 0
    private var state = State.head
    private var received: [UInt8] = []
    private var position = 0
    /// What of an event has come so far, without the framing; empty for answers that are no streams.
    private var event: [UInt8] = []
    private var isStream = false

    /// Takes in bytes; then call ``next()`` until it needs more.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        if position == received.count {
            received.removeAll(keepingCapacity: true)
            position = 0
        }
        unsafe received.append(contentsOf: bytes)
    }

    mutating func next() -> Step {
        while true {
            switch state {
            case .head:
                guard let end = find("\r\n\r\n") else { return .needsMore }
                guard readHead(upTo: end) else { return .failed }
            case .body(let left):
                let count = min(left, received.count - position)
                position += count
                guard count == left else {
                    state = .body(left: left - count)
                    return .needsMore
                }
                state = .head
                return .end
            case .chunkLine:
                guard let end = find("\r\n") else { return .needsMore }
                guard let size = Self.hexadecimal(received[position..<end]) else { return .failed }
                position = end + 2
                state = size == 0 ? .lastLine : .chunk(left: size)
            case .chunk(let left):
                let count = min(left, received.count - position)
                guard count > 0 else { return .needsMore }
                let (taken, stamp) = takeEventBytes(count)
                position += taken
                state = taken == left ? .chunkEnd : .chunk(left: left - taken)
                if let stamp { return .event(stamp: stamp) }
            case .chunkEnd:
                guard received.count - position >= 2 else { return .needsMore }
                position += 2
                state = .chunkLine
            case .lastLine:
                guard received.count - position >= 2 else { return .needsMore }
                position += 2
                state = .head
                return .end
            }
        }
    }

    private mutating func readHead(upTo end: Int) -> Bool {
        let start = position
        let (status, length, isChunked, isStream) = unsafe received.withUnsafeBytes { bytes in
            let head = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<(end + 2)])
            return (
                unsafe StreamOrder.number(after: "HTTP/1.1 ", in: head) ?? 0,
                unsafe StreamOrder.number(after: "ontent-length:", in: head)
                    ?? StreamOrder.number(after: "ontent-Length:", in: head),
                unsafe StreamOrder.find("chunked", in: head) != nil,
                unsafe StreamOrder.find("text/event-stream", in: head) != nil
            )
        }
        position = end + 4
        self.status = status
        self.isStream = isStream
        event.removeAll(keepingCapacity: true)
        if isChunked { state = .chunkLine } else if let length { state = .body(left: length) } else { return false }
        return true
    }

    /// Takes bytes of a chunk up to the end of an event, and gives the event's instant.
    private mutating func takeEventBytes(_ count: Int) -> (taken: Int, stamp: Int64?) {
        guard isStream else { return (count, nil) }
        let start = position
        let isSplit = event.last == 0x0A && received[start] == 0x0A
        let taken: Int? =
            isSplit
            ? 1
            : unsafe received.withUnsafeBytes { bytes in
                let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)])
                return unsafe StreamOrder.find("\n\n", in: part).map { $0 + 2 }
            }
        guard let taken else {
            event += received[start..<(start + count)]
            return (count, nil)
        }
        guard !event.isEmpty else { return (taken, Self.stamp(in: received[start..<(start + taken)])) }
        event += received[start..<(start + taken)]
        defer { event.removeAll(keepingCapacity: true) }
        return (taken, Self.stamp(in: event[...]))
    }

    private static func stamp(in event: ArraySlice<UInt8>) -> Int64? {
        let marked = unsafe event.withUnsafeBytes { unsafe StreamOrder.find(StreamText.mark, in: $0) }
        guard let marked else { return nil }
        let digits = event.startIndex + marked + StreamText.mark.utf8CodeUnitCount
        guard digits + StreamText.stampDigits <= event.endIndex else { return nil }
        var instant: Int64 = 0
        for offset in digits..<(digits + StreamText.stampDigits) {
            guard (0x30...0x39).contains(event[offset]) else { return nil }
            instant = instant &* 10 &+ Int64(event[offset] - 0x30)
        }
        return instant
    }

    private func find(_ text: StaticString) -> Int? {
        let start = position
        return unsafe received.withUnsafeBytes { bytes in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
            return unsafe StreamOrder.find(text, in: rest).map { $0 + start }
        }
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        var count = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: number = number << 4 | Int(digit - 0x30)
            case 0x41...0x46, 0x61...0x66: number = number << 4 | Int(digit & 0x0F) + 9
            default: return count > 0 ? number : nil
            }
            count += 1
            guard count <= 8 else { return nil }
        }
        return count > 0 ? number : nil
    }
}
