// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// Reads the string at the cursor.
    package mutating func string(in bytes: Span<UInt8>) throws(JSONError) -> JSONText {
        let text = try Self.string(at: beginValue(in: bytes), in: bytes)
        move(to: text.range.upperBound &+ 1)
        return text
    }

    /// Reads the string that begins at an offset.
    @inline(__always)
    static func string(at quote: Int, in bytes: Span<UInt8>) throws(JSONError) -> JSONText {
        let start = try expect(UInt8(ascii: "\""), at: quote, in: bytes)
        let end = endOfPlainText(from: start, in: bytes)
        guard end < bytes.count, bytes.byteWithin(at: end) == UInt8(ascii: "\"") else {
            return try string(from: start, plainUpTo: end, in: bytes)
        }
        return JSONText(range: start..<end, unescapedCount: end &- start)
    }

    /// Offset behind the string that begins at an offset.
    @inline(__always)
    static func endOfString(at quote: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        let start = try expect(UInt8(ascii: "\""), at: quote, in: bytes)
        let end = endOfPlainText(from: start, in: bytes)
        guard end < bytes.count, bytes.byteWithin(at: end) == UInt8(ascii: "\"") else {
            return try string(from: start, plainUpTo: end, in: bytes).range.upperBound &+ 1
        }
        return end &+ 1
    }

    /// Reads on in a string whose contents begin at an offset.
    @inline(never)
    private static func string(
        from start: Int,
        plainUpTo end: Int,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> JSONText {
        var offset = end
        var saved = 0
        while true {
            guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
            let byte = bytes.byteWithin(at: offset)
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                let escape = try Self.escape(at: offset, in: bytes)
                offset += escape.count
                saved += escape.count - escape.unescapedCount
            } else if byte >= 0x80 {
                offset += try Self.sequenceLength(at: offset, in: bytes)
                // Such characters come in rows.
                if offset < bytes.count, bytes.byteWithin(at: offset) >= 0x80 { continue }
            } else {
                throw JSONError(.controlCharacter, at: offset)
            }
            offset = endOfPlainText(from: offset, in: bytes)
        }
        return JSONText(range: start..<offset, unescapedCount: offset - start - saved)
    }

    /// Offset of the first byte that is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private static func endOfPlainText(from start: Int, in bytes: Span<UInt8>) -> Int {
        guard start &+ 16 <= bytes.count else { return endOfLongPlainText(from: start, in: bytes) }
        // Most strings end here.
        let index = marks(bytes.blockWithin(at: start)).firstMark
        return index < 16 ? start &+ index : endOfLongPlainText(from: start &+ 16, in: bytes)
    }

    @inline(never)
    private static func endOfLongPlainText(from start: Int, in bytes: Span<UInt8>) -> Int {
        var offset = start
        // The longer names end here, and four blocks at once would be looked at in vain.
        if offset &+ 16 <= bytes.count {
            let index = marks(bytes.blockWithin(at: offset)).firstMark
            offset &+= index
            if index < 16 { return offset }
        }
        while offset &+ 64 <= bytes.count {
            let first = marks(bytes.blockWithin(at: offset)) | marks(bytes.blockWithin(at: offset &+ 16))
            let second = marks(bytes.blockWithin(at: offset &+ 32)) | marks(bytes.blockWithin(at: offset &+ 48))
            if (first | second).hasMark { break }
            offset &+= 64
        }
        while offset &+ 16 <= bytes.count {
            let index = marks(bytes.blockWithin(at: offset)).firstMark
            offset &+= index
            if index < 16 { return offset }
        }
        if offset &+ 8 <= bytes.count {
            let marks = marks(bytes.wordWithin(at: offset))
            if marks != 0 { return offset &+ marks.trailingZeroBitCount &>> 3 }
            offset &+= 8
        }
        while offset < bytes.count {
            let byte = bytes.byteWithin(at: offset)
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { break }
            offset &+= 1
        }
        return offset
    }

    /// Marks the bytes of a block that are not plain text.
    ///
    /// Each difference has a byte's highest bit set where the byte was too small, or was not ASCII, which is marked all
    /// the same. Turning one bit over puts the quote in the place of the space, next to the control characters.
    @inline(__always)
    private static func marks(_ block: ByteBlock) -> ByteBlock {
        let controlsAndQuotes = (block ^ ByteBlock(repeating: 0x02)) &- ByteBlock(repeating: 0x21)
        let escapes = (block ^ ByteBlock(repeating: 0x5C)) &- ByteBlock(repeating: 0x01)
        return controlsAndQuotes | escapes | block
    }

    /// As for a block; the lowest mark of a word is exact, because the borrow of a subtraction runs only upwards.
    @inline(__always)
    private static func marks(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let controlsAndQuotes = (word ^ (ones &* 0x02)) &- (ones &* 0x21)
        let escapes = (word ^ (ones &* 0x5C)) &- ones
        return (controlsAndQuotes | escapes | word) & (ones &* 0x80)
    }

    private static func escape(
        at offset: Int,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> (count: Int, unescapedCount: Int) {
        guard offset + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return (2, 1)
        case UInt8(ascii: "u"):
            let unit = try checkedHexadecimal4(at: offset + 2, in: bytes)
            if unit < 0x80 { return (6, 1) }
            if unit < 0x800 { return (6, 2) }
            guard 0xD800...0xDBFF ~= unit, offset + 7 < bytes.count, bytes[offset + 6] == UInt8(ascii: "\\"),
                bytes[offset + 7] == UInt8(ascii: "u")
            else { return (6, 3) }
            // Half a pair is grammatical (RFC 8259, section 8.2); it counts as U+FFFD, which has three bytes as well.
            let low = try checkedHexadecimal4(at: offset + 8, in: bytes)
            return 0xDC00...0xDFFF ~= low ? (12, 4) : (6, 3)
        default:
            throw JSONError(.invalidEscape, at: offset)
        }
    }

    private static func checkedHexadecimal4(at offset: Int, in bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        for index in offset..<offset + 4 {
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"):
                continue
            default: throw JSONError(.invalidEscape, at: index)
            }
        }
        return hexadecimal4(at: offset, in: bytes)
    }

    /// The value of four hexadecimal digits that have been validated.
    static func hexadecimal4(at offset: Int, in bytes: Span<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for index in offset..<offset + 4 {
            let digit = UInt32(bytes[index])
            // A letter has bit 6 set and its low nibble is one to six.
            value = value << 4 | (digit & 0x40 == 0 ? digit & 0x0F : (digit & 0x0F) + 9)
        }
        return value
    }

    /// Length of the UTF-8 sequence at an offset whose first byte is not ASCII (RFC 3629, section 4).
    @inline(__always)
    private static func sequenceLength(at offset: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        guard offset &+ 3 <= bytes.count else { return try strictSequenceLength(at: offset, in: bytes) }
        let first = bytes.byteWithin(at: offset)
        // The letters of most scripts; every second byte is allowed to continue these first ones.
        if bytes.byteWithin(at: offset &+ 1) & 0xC0 == 0x80 {
            if 0xC2...0xDF ~= first { return 2 }
            if 0xE1...0xEC ~= first, bytes.byteWithin(at: offset &+ 2) & 0xC0 == 0x80 { return 3 }
        }
        return try strictSequenceLength(at: offset, in: bytes)
    }

    @inline(never)
    private static func strictSequenceLength(at offset: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[offset] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(.invalidUTF8, at: offset)
        }
        guard offset + length <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        guard second ~= bytes[offset + 1] else { throw JSONError(.invalidUTF8, at: offset) }
        for index in offset + 2..<offset + length where bytes[index] & 0xC0 != 0x80 {
            throw JSONError(.invalidUTF8, at: offset)
        }
        return length
    }
}
