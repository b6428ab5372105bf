// SPDX-License-Identifier: Apache-2.0

/// Finds the contents of a message's body in the bytes received so far, strictly (RFC 9112, sections 6 and 7).
///
/// The caller asks ``next(in:from:)`` again and again, from where the last answer ended. Nothing is copied.
package struct HTTPBodyReader: Sendable {
    /// What the next bytes are.
    package enum Step: Sendable, Equatable {
        /// Contents; go on behind them.
        case data(Range<Int>)
        /// The body is whole; the bytes from this offset on belong to the next message.
        case end(Int)
        /// More bytes are needed; the ones before this offset may be dropped.
        case more(Int)
    }

    private enum State: Sendable {
        /// So many bytes are still to come.
        case data(Int)
        case untilClose
        case chunkSize
        case chunkData(Int)
        case chunkEnd
        case trailers
        case ended
    }

    private var state: State
    private var trailerBytes = 0

    package init(_ framing: HTTPHead.Framing) {
        state =
            switch framing {
            case .length(let length): length == 0 ? .ended : .data(length)
            case .chunked: .chunkSize
            case .untilClose: .untilClose
            }
    }

    /// Whether the end of the connection is the end of the body.
    package var mayEndWithConnection: Bool {
        if case .untilClose = state { return true }
        return false
    }

    /// The next step.
    ///
    /// - Parameters:
    ///   - bytes: what was received and not dropped.
    ///   - offset: where to go on.
    /// - Returns: what the bytes from there on are.
    /// - Throws: ``HTTPError`` for bytes that are no such body.
    package mutating func next(in bytes: Span<UInt8>, from offset: Int) throws(HTTPError) -> Step {
        var position = offset
        while true {
            switch state {
            case .ended:
                return .end(position)
            case .untilClose:
                return position < bytes.count ? .data(position..<bytes.count) : .more(position)
            case .data(let left):
                let count = min(left, bytes.count &- position)
                guard count > 0 else { return .more(position) }
                state = count == left ? .ended : .data(left &- count)
                return .data(position..<position &+ count)
            case .chunkData(let left):
                let count = min(left, bytes.count &- position)
                guard count > 0 else { return .more(position) }
                state = count == left ? .chunkEnd : .chunkData(left &- count)
                return .data(position..<position &+ count)
            case .chunkEnd:
                guard position < bytes.count else { return .more(position) }
                guard bytes[position] == HTTPCharacter.carriageReturn else { throw HTTPError(.chunkEndInvalid) }
                guard position &+ 1 < bytes.count else { return .more(position) }
                guard bytes[position &+ 1] == HTTPCharacter.lineFeed else { throw HTTPError(.chunkEndInvalid) }
                position &+= 2
                state = .chunkSize
            case .chunkSize:
                guard
                    let line = try Self.line(
                        in: bytes, from: position, max: HTTPLimits.chunkLineBytesMax, .chunkSizeInvalid)
                else { return .more(position) }
                let size = try Self.chunkSize(line, in: bytes)
                position = line.upperBound &+ 2
                state = size == 0 ? .trailers : .chunkData(size)
            case .trailers:
                guard
                    let line = try Self.line(
                        in: bytes, from: position, max: HTTPLimits.trailerBytesMax, .trailersTooLong)
                else { return .more(position) }
                position = line.upperBound &+ 2
                guard !line.isEmpty else {
                    state = .ended
                    continue
                }
                trailerBytes += line.count
                guard trailerBytes <= HTTPLimits.trailerBytesMax else { throw HTTPError(.trailersTooLong) }
                try Self.checkTrailer(line, in: bytes)
            }
        }
    }

    /// The line that begins at a position, without its end; `nil` where it is not whole.
    private static func line(
        in bytes: Span<UInt8>, from position: Int, max: Int, _ tooLong: HTTPError.Code
    ) throws(HTTPError) -> Range<Int>? {
        let end = bytes.endOfHTTPLine(from: position)
        guard end &- position <= max &+ 1 else { throw HTTPError(tooLong) }
        guard end < bytes.count else { return nil }
        guard end > position, bytes[end &- 1] == HTTPCharacter.carriageReturn else { throw HTTPError(.lineEndInvalid) }
        return position..<end &- 1
    }

    /// `1a2b` or `1a2b;name=value`.
    private static func chunkSize(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Int {
        var size = 0
        var position = line.lowerBound
        while position < line.upperBound, let digit = HTTPCharacter.hexValue(bytes[position]) {
            guard position &- line.lowerBound < HTTPLimits.chunkSizeDigitsMax else {
                throw HTTPError(.chunkSizeInvalid)
            }
            size = size << 4 | digit
            position &+= 1
        }
        guard position > line.lowerBound else { throw HTTPError(.chunkSizeInvalid) }
        guard position < line.upperBound else { return size }
        try checkExtensions(position..<line.upperBound, in: bytes)
        return size
    }

    private static func checkTrailer(_ line: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        guard let (name, _) = try HTTPHead.split(line, line: 0, in: bytes) else { throw HTTPError(.trailerInvalid) }
        switch HTTPFieldName(name, in: bytes) {
        case .other, .traceparent, .tracestate: break
        default: throw HTTPError(.trailerForbidden)
        }
    }
}
