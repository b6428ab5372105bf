// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// Reads the number at the cursor and returns where its text lies.
    package mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = beginValue(in: bytes)
        let end = try Self.endOfNumber(at: start, in: bytes)
        move(to: end)
        return start..<end
    }

    /// Reads a number of a few digits and nothing else; nil for any other value, before which the cursor stays.
    @inline(__always)
    mutating func plainInteger(in bytes: Span<UInt8>, digitsMax: Int) -> Int? {
        let start = beginValue(in: bytes)
        var offset = start
        var value = 0
        while offset < bytes.count {
            let byte = bytes.byteWithin(at: offset)
            let digit = byte &- UInt8(ascii: "0")
            if digit > 9 {
                // The strict reader is left what goes on behind the digits, and zeros before them.
                guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}"), 1...digitsMax ~= offset &- start,
                    offset &- start == 1 || bytes.byteWithin(at: start) != UInt8(ascii: "0")
                else { return nil }
                move(to: offset)
                return value
            }
            value = value &* 10 &+ Int(digit)
            offset &+= 1
        }
        return nil
    }

    /// Reads `true`, `false` or `null`, whichever ``peekKind(in:)`` announced, and returns where it lies.
    package mutating func literal(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = beginValue(in: bytes)
        let end =
            switch kind {
            case .true: try Self.endOfLiteral("true", at: start, in: bytes)
            case .false: try Self.endOfLiteral("false", at: start, in: bytes)
            default: try Self.endOfLiteral("null", at: start, in: bytes)
            }
        move(to: end)
        return start..<end
    }

    /// Walks over the value at the cursor, whatever it is, and returns where it lies.
    ///
    /// It does not recurse: the kinds of the open containers are bits of one word, which the depth limit fits.
    @discardableResult
    package mutating func skipValue(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = beginValue(in: bytes)
        let base = depth
        var level = base
        var isObject: UInt64 = 0
        var offset = start
        while true {
            switch try Self.nextByte(from: &offset, in: bytes) {
            case UInt8(ascii: "\""):
                offset = try Self.endOfString(at: offset, in: bytes)
            case UInt8(ascii: "{"):
                guard level < Self.depthMax else { throw JSONError(.tooDeep, at: offset) }
                offset &+= 1
                if try Self.nextByte(from: &offset, in: bytes) == UInt8(ascii: "}") {
                    offset &+= 1
                } else {
                    level &+= 1
                    isObject = isObject &<< 1 | 1
                    offset = try Self.skipKey(at: offset, in: bytes)
                    continue
                }
            case UInt8(ascii: "["):
                guard level < Self.depthMax else { throw JSONError(.tooDeep, at: offset) }
                offset &+= 1
                if try Self.nextByte(from: &offset, in: bytes) == UInt8(ascii: "]") {
                    offset &+= 1
                } else {
                    level &+= 1
                    isObject = isObject &<< 1
                    continue
                }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                offset = try Self.endOfNumber(at: offset, in: bytes)
            case UInt8(ascii: "t"): offset = try Self.endOfLiteral("true", at: offset, in: bytes)
            case UInt8(ascii: "f"): offset = try Self.endOfLiteral("false", at: offset, in: bytes)
            case UInt8(ascii: "n"): offset = try Self.endOfLiteral("null", at: offset, in: bytes)
            default: throw JSONError(.unexpectedByte, at: offset)
            }
            // A value has ended, and with it perhaps what holds it.
            var hasNext = false
            while level > base && !hasNext {
                let byte = try Self.nextByte(from: &offset, in: bytes)
                if byte == UInt8(ascii: ",") {
                    offset &+= 1
                    if isObject & 1 == 1 {
                        offset = try Self.skipKey(at: Self.skipWhitespace(from: offset, in: bytes), in: bytes)
                    }
                    hasNext = true
                } else {
                    guard byte == (isObject & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                        throw JSONError(.unexpectedByte, at: offset)
                    }
                    offset &+= 1
                    level &-= 1
                    isObject = isObject &>> 1
                }
            }
            if !hasNext {
                move(to: offset)
                return start..<offset
            }
        }
    }

    /// The value of a number that is written as an integer; nil if it has a fraction or exponent, or overflows.
    package static func integer(_ text: Range<Int>, in bytes: Span<UInt8>) -> Int64? {
        var magnitude: UInt64 = 0
        var isNegative = false
        for index in text {
            let byte = bytes[index]
            if byte == UInt8(ascii: "-"), index == text.lowerBound {
                isNegative = true
                continue
            }
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            let (product, hasOverflowed) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, hasCarried) = product.addingReportingOverflow(UInt64(byte & 0x0F))
            guard !hasOverflowed, !hasCarried else { return nil }
            magnitude = sum
        }
        guard isNegative else { return Int64(exactly: magnitude) }
        return magnitude == 0 ? 0 : Int64(exactly: magnitude - 1).map { -1 - $0 }
    }

    /// Offset behind the colon of the key at an offset.
    @inline(__always)
    private static func skipKey(at offset: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        try skipColon(from: try endOfString(at: offset, in: bytes), in: bytes)
    }

    @inline(__always)
    private static func endOfLiteral(
        _ literal: StaticString,
        at start: Int,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> Int {
        let end = start &+ literal.utf8CodeUnitCount
        guard end <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        guard bytes.holds(literal, at: start) else { throw JSONError(.unexpectedByte, at: start) }
        return end
    }

    private static func endOfNumber(at start: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        var offset = start
        if offset < bytes.count, bytes.byteWithin(at: offset) == UInt8(ascii: "-") { offset &+= 1 }
        let isZero = offset < bytes.count && bytes.byteWithin(at: offset) == UInt8(ascii: "0")
        let digits = try Self.skipDigits(from: offset, in: bytes)
        guard !isZero || digits == offset &+ 1 else { throw JSONError(.invalidNumber, at: offset) }
        offset = digits
        if offset < bytes.count, bytes.byteWithin(at: offset) == UInt8(ascii: ".") {
            offset = try Self.skipDigits(from: offset &+ 1, in: bytes)
        }
        if offset < bytes.count, bytes.byteWithin(at: offset) | 0x20 == UInt8(ascii: "e") {
            offset &+= 1
            if offset < bytes.count,
                bytes.byteWithin(at: offset) == UInt8(ascii: "+") || bytes.byteWithin(at: offset) == UInt8(ascii: "-")
            {
                offset &+= 1
            }
            offset = try Self.skipDigits(from: offset, in: bytes)
        }
        return offset
    }

    @inline(__always)
    private static func skipDigits(from start: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        var offset = start
        while offset < bytes.count, bytes.byteWithin(at: offset) &- UInt8(ascii: "0") <= 9 {
            offset &+= 1
        }
        if offset == start {
            throw JSONError(offset < bytes.count ? .invalidNumber : .unexpectedEnd, at: offset)
        }
        return offset
    }
}

extension JSONCursor {
    /// Requires that the bytes are exactly one well-formed JSON document.
    package static func validate(_ bytes: Span<UInt8>) throws(JSONError) {
        var cursor = JSONCursor()
        try cursor.skipValue(in: bytes)
        try cursor.finish(in: bytes)
    }
}
