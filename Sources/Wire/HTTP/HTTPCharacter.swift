// SPDX-License-Identifier: Apache-2.0

/// The classes of characters in an HTTP/1.1 head.
enum HTTPCharacter {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20

    /// Letters, digits and the marks of a token (RFC 9110, section 5.6.2), as bits of the ASCII codes 0 to 63.
    ///
    /// Numbers and no calculation, which would be looked up each time. They stand for ``!#$%&'*+-.0123456789``.
    private static let tokensLow: UInt64 = 0x03FF_6CFA_0000_0000
    /// The same of the codes 64 to 127: letters and ``^_`|~``.
    private static let tokensHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    /// Whether a byte may stand in a token.
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? tokensLow >> UInt64(byte) : tokensHigh >> UInt64(byte &- 64)) & 1 == 1
    }

    /// Space or tab.
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab
    }

    /// Whether a byte may stand in a field's value: visible, blank, or beyond ASCII.
    static func isValue(_ byte: UInt8) -> Bool {
        byte >= space && byte != 0x7F || byte == tab
    }

    /// The value of a hex digit; `nil` for any other byte.
    static func hexValue(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte &- UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte &- UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Whether a byte may stand in a host with its port (RFC 3986, section 3.2).
    static func isHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"),
            UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "!"), UInt8(ascii: "$"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default:
            false
        }
    }
}

extension Span where Element == UInt8 {
    /// Offset of the first LF at or after a position; the count of the bytes if there is none.
    func endOfHTTPLine(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var offset = start
        while offset &+ 8 <= count {
            let feeds = wordWithin(at: offset) ^ (ones &* 0x0A)
            let marks = (feeds &- ones) & ~feeds & (ones &* 0x80)
            if marks != 0 { return offset &+ marks.trailingZeroBitCount >> 3 }
            offset &+= 8
        }
        while offset < count, self[offset] != HTTPCharacter.lineFeed { offset &+= 1 }
        return offset
    }

    /// Whether every byte of a range may stand in a field's value.
    func isHTTPValue(_ range: Range<Int>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var offset = range.lowerBound
        while offset &+ 8 <= range.upperBound {
            let word = word(at: offset)
            let deletes = word ^ (ones &* 0x7F)
            // Marks bytes below 0x20 and deletes; a tab is looked at again, one by one.
            let marks = ((word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes) & (ones &* 0x80)
            if marks != 0 {
                for index in offset..<offset &+ 8 where !HTTPCharacter.isValue(self[index]) { return false }
            }
            offset &+= 8
        }
        while offset < range.upperBound {
            guard HTTPCharacter.isValue(self[offset]) else { return false }
            offset &+= 1
        }
        return true
    }

    /// A range without the blanks at its ends.
    func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, HTTPCharacter.isBlank(self[start]) { start &+= 1 }
        while end > start, HTTPCharacter.isBlank(self[end &- 1]) { end &-= 1 }
        return start..<end
    }
}
