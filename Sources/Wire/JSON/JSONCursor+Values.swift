// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// Reads the number at the cursor and returns where its text lies.
    package mutating func number(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        beginValue(in: bytes)
        let start = position
        var offset = start
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        let isZero = offset < bytes.count && bytes[offset] == UInt8(ascii: "0")
        let digits = try Self.skipDigits(from: offset, in: bytes)
        guard !isZero || digits == offset + 1 else { throw JSONError(.invalidNumber, at: offset) }
        offset = digits
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset = try Self.skipDigits(from: offset + 1, in: bytes)
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            offset = try Self.skipDigits(from: offset, in: bytes)
        }
        move(to: offset)
        return start..<offset
    }

    /// Reads `true`, `false` or `null`, whichever ``peekKind(in:)`` announced, and returns where it lies.
    package mutating func literal(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        beginValue(in: bytes)
        let text: StaticString =
            switch kind {
            case .true: "true"
            case .false: "false"
            default: "null"
            }
        let start = position
        let end = start + text.utf8CodeUnitCount
        guard end <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        guard bytes.holds(text, at: start) else { throw JSONError(.unexpectedByte, at: start) }
        move(to: end)
        return start..<end
    }

    /// Walks over the value at the cursor, whatever it is, and returns where it lies.
    ///
    /// It does not recurse: the kinds of the open containers are bits of one word, which the depth limit fits.
    @discardableResult
    package mutating func skipValue(in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let base = depth
        var isObject: UInt64 = 0
        beginValue(in: bytes)
        let start = position
        while true {
            let kind = try peekKind(in: bytes)
            switch kind {
            case .object:
                try openObject(in: bytes)
                isObject = isObject << 1 | 1
            case .array:
                try openArray(in: bytes)
                isObject <<= 1
            case .string: _ = try string(in: bytes)
            case .number: _ = try number(in: bytes)
            case .true, .false, .null: _ = try literal(kind, in: bytes)
            }
            var hasNext = false
            while depth > base && !hasNext {
                hasNext = isObject & 1 == 1 ? try nextKey(in: bytes) != nil : try nextElement(in: bytes)
                if !hasNext { isObject >>= 1 }
            }
            if !hasNext { return start..<position }
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

    private static func skipDigits(from start: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        var offset = start
        while offset < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] {
            offset += 1
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
