// SPDX-License-Identifier: Apache-2.0

/// Picks some items out of CBOR that was written and checked before, and passes over the others unread.
///
/// It holds a position alone; the bytes are handed over at each call. Damaged bytes give an error or a wrong value, never
/// a read outside them: whoever must know uses ``CBORDecoder``.
package struct CBORSkimmer: Sendable {
    /// Offset of the next item.
    package private(set) var position = 0

    package init() {}

    /// Reads an unsigned integer.
    package mutating func unsigned(in bytes: Span<UInt8>) throws(CBORError) -> UInt64 {
        // Keys and most numbers are their own first byte.
        if position < bytes.count, bytes[position] < 24 {
            position &+= 1
            return UInt64(bytes[position &- 1])
        }
        return try head(.unsigned, in: bytes)
    }

    /// Reads a signed integer.
    package mutating func integer(in bytes: Span<UInt8>) throws(CBORError) -> Int64 {
        let start = position
        let (kind, argument) = try head(in: bytes)
        guard let magnitude = Int64(exactly: argument) else { throw CBORError(.integerOutOfRange, at: start) }
        switch kind {
        case CBORKind.unsigned.rawValue: return magnitude
        case CBORKind.negative.rawValue: return ~magnitude
        default: throw CBORError(.unexpectedKind, at: start)
        }
    }

    /// Reads true or false.
    package mutating func bool(in bytes: Span<UInt8>) throws(CBORError) -> Bool {
        guard position < bytes.count else { throw CBORError(.unexpectedEnd, at: position) }
        guard bytes[position] == 0xF4 || bytes[position] == 0xF5 else {
            throw CBORError(.unexpectedKind, at: position)
        }
        position += 1
        return bytes[position - 1] == 0xF5
    }

    /// Reads a text.
    package mutating func text(in bytes: Span<UInt8>) throws(CBORError) -> String {
        let length = try head(.text, in: bytes)
        let start = position
        try pass(length, in: bytes)
        let contents = bytes.extracting(start..<position)
        return unsafe contents.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Reads a byte string.
    package mutating func byteString(in bytes: Span<UInt8>) throws(CBORError) -> [UInt8] {
        let length = try head(.bytes, in: bytes)
        let start = position
        try pass(length, in: bytes)
        let contents = bytes.extracting(start..<position)
        return unsafe contents.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Enters an array and returns the number of its elements.
    package mutating func array(in bytes: Span<UInt8>) throws(CBORError) -> Int {
        Int(clamping: try head(.array, in: bytes))
    }

    /// Enters a map and returns the number of its pairs.
    package mutating func map(in bytes: Span<UInt8>) throws(CBORError) -> Int {
        Int(clamping: try head(.map, in: bytes))
    }

    /// Passes over some items.
    package mutating func skip(_ count: Int = 1, in bytes: Span<UInt8>) throws(CBORError) {
        var left = UInt64(count)
        while left > 0 {
            left -= 1
            let (kind, argument) = try head(in: bytes)
            switch kind {
            case CBORKind.bytes.rawValue, CBORKind.text.rawValue: try pass(argument, in: bytes)
            case CBORKind.array.rawValue: left = left.addingReportingOverflow(argument).partialValue
            case CBORKind.map.rawValue: left = left.addingReportingOverflow(argument &* 2).partialValue
            default: break
            }
        }
    }

    private mutating func head(_ kind: CBORKind, in bytes: Span<UInt8>) throws(CBORError) -> UInt64 {
        let start = position
        let (found, argument) = try head(in: bytes)
        guard found == kind.rawValue else { throw CBORError(.unexpectedKind, at: start) }
        return argument
    }

    @inline(__always)
    private mutating func head(in bytes: Span<UInt8>) throws(CBORError) -> (kind: UInt8, argument: UInt64) {
        guard position < bytes.count else { throw CBORError(.unexpectedEnd, at: position) }
        let initial = bytes[position]
        position &+= 1
        let information = initial & 0x1F
        if information < 24 { return (initial &>> 5, UInt64(information)) }
        return (initial &>> 5, try argument(information, in: bytes))
    }

    /// Reads the number that follows the first byte of a head.
    private mutating func argument(_ information: UInt8, in bytes: Span<UInt8>) throws(CBORError) -> UInt64 {
        guard information <= 27 else { throw CBORError(.unsupportedItem, at: position - 1) }
        let width = 1 &<< Int(information - 24)
        guard width <= bytes.count - position else { throw CBORError(.unexpectedEnd, at: bytes.count) }
        defer { position += width }
        if bytes.count - position >= 8 {
            return bytes.word(at: position).byteSwapped &>> UInt64(64 &- 8 &* width)
        }
        var argument: UInt64 = 0
        for index in position..<position + width { argument = argument << 8 | UInt64(bytes[index]) }
        return argument
    }

    @inline(__always)
    private mutating func pass(_ count: UInt64, in bytes: Span<UInt8>) throws(CBORError) {
        guard count <= UInt64(bytes.count - position) else { throw CBORError(.unexpectedEnd, at: bytes.count) }
        position += Int(count)
    }
}
