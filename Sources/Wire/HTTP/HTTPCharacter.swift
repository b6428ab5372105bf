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

    /// Whether a byte is visible ASCII.
    static func isVisible(_ byte: UInt8) -> Bool {
        byte > space && byte < 0x7F
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

    /// What may stand in a host with its port (RFC 3986, section 3.2): letters, digits and ``!$%&'()*+-.:;=[]_~``.
    private static let hostsLow: UInt64 = 0x2FFF_6FF2_0000_0000
    private static let hostsHigh: UInt64 = 0x47FF_FFFE_AFFF_FFFE

    /// Whether a byte may stand in a host with its port.
    static func isHost(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? hostsLow >> UInt64(byte) : hostsHigh >> UInt64(byte &- 64)) & 1 == 1
    }
}

extension ByteBlock {
    /// Marks what may not stand in a token, and the rarer marks that may: all but letters, digits and `-`.
    @inline(__always)
    var exceptTokens: ByteBlock {
        let hyphens = ByteBlock(repeating: 0) &- (self ^ ByteBlock(repeating: UInt8(ascii: "-")))
        return exceptLetters & outside(UInt8(ascii: "0"), UInt8(ascii: "9")) & hyphens | self
    }

    /// Marks what may not stand in a host, and the rarer marks that may: all but letters, digits, `-`, `.` and `:`.
    @inline(__always)
    var exceptHosts: ByteBlock {
        let digits = outside(UInt8(ascii: "0"), UInt8(ascii: ":"))
        return exceptLetters & digits & outside(UInt8(ascii: "-"), UInt8(ascii: ".")) | self
    }

    /// Marks what may not stand in a field's value, and the tab.
    @inline(__always)
    var exceptValues: ByteBlock {
        ((self &- ByteBlock(repeating: HTTPCharacter.space)) | (self &+ ByteBlock(repeating: 1))) & ~self
    }

    /// Marks what is not visible ASCII.
    @inline(__always)
    var exceptVisible: ByteBlock {
        outside(0x21, 0x7E) | self
    }

    /// Marks the ASCII bytes that are no letters.
    @inline(__always)
    private var exceptLetters: ByteBlock {
        (self | ByteBlock(repeating: 0x20)).outside(UInt8(ascii: "a"), UInt8(ascii: "z"))
    }
}

extension Span where Element == UInt8 {
    /// Offset of the first LF at or after a position; the count of the bytes if there is none.
    func endOfHTTPLine(from start: Int) -> Int {
        var offset = start
        while offset &+ 16 <= count {
            let index = blockWithin(at: offset).places(of: HTTPCharacter.lineFeed).firstMark
            offset &+= index
            if index < 16 { return offset }
        }
        while offset < count, byteWithin(at: offset) != HTTPCharacter.lineFeed { offset &+= 1 }
        return offset
    }

    /// Offset of the first byte of a range that may not stand in a token; the range's end if all may.
    @inline(__always)
    func endOfHTTPToken(in range: Range<Int>) -> Int {
        endOfRun(in: range, of: HTTPCharacter.isToken) { $0.exceptTokens }
    }

    /// Offset of the first byte of a range that may not stand in a field's value; the range's end if all may.
    @inline(__always)
    func endOfHTTPValue(in range: Range<Int>) -> Int {
        endOfRun(in: range, of: HTTPCharacter.isValue) { $0.exceptValues }
    }

    /// Offset of the first byte of a range that is not of a class; the range's end if all are.
    ///
    /// - Parameters:
    ///   - range: a range of the span.
    ///   - isMember: whether a byte is of the class.
    ///   - strangers: marks the bytes that are not of the class in a block; it may mark others too.
    /// - Returns: an offset within the range, or its end.
    @inline(__always)
    func endOfRun(
        in range: Range<Int>,
        of isMember: (UInt8) -> Bool,
        _ strangers: (ByteBlock) -> ByteBlock
    ) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is not of the bytes")
        var offset = range.lowerBound
        // A block may go beyond the range, and not beyond the bytes.
        while offset < range.upperBound, offset &+ 16 <= count {
            let index = strangers(blockWithin(at: offset)).firstMark
            offset &+= index
            if index < 16 { break }
        }
        while offset < range.upperBound, isMember(byteWithin(at: offset)) { offset &+= 1 }
        return Swift.min(offset, range.upperBound)
    }

    /// A range without the blanks at its ends.
    @inline(__always)
    func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range is not of the bytes")
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, HTTPCharacter.isBlank(byteWithin(at: start)) { start &+= 1 }
        while end > start, HTTPCharacter.isBlank(byteWithin(at: end &- 1)) { end &-= 1 }
        return start..<end
    }
}
