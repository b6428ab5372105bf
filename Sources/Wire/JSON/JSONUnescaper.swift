// SPDX-License-Identifier: Apache-2.0

/// Reads the bytes of a JSON string one at a time with its escapes resolved, without allocating.
///
/// The string has been validated by ``JSONCursor``, so every escape is complete.
struct JSONUnescaper {
    private var position: Int
    private let end: Int
    /// Bytes of a resolved escape that are still to be handed out, lowest first.
    private var pending: UInt32 = 0
    private var pendingCount = 0
    /// Whether a `\u` escape stood for half of a surrogate pair; U+FFFD is handed out in its place.
    private(set) var metUnpairedSurrogate = false

    init(_ text: JSONText) {
        position = text.range.lowerBound
        end = text.range.upperBound
    }

    /// Whether the next byte continues a character, so that the text must not be cut here.
    func isInsideCharacter(in bytes: Span<UInt8>) -> Bool {
        if pendingCount > 0 { return UInt8(truncatingIfNeeded: pending) & 0xC0 == 0x80 }
        return position < end && bytes[position] & 0xC0 == 0x80
    }

    /// The next byte of the unescaped string; nil at its end.
    mutating func next(in bytes: Span<UInt8>) -> UInt8? {
        if pendingCount > 0 {
            let byte = UInt8(truncatingIfNeeded: pending)
            pending >>= 8
            pendingCount -= 1
            return byte
        }
        guard position < end else { return nil }
        let byte = bytes[position]
        position += 1
        guard byte == UInt8(ascii: "\\"), position < end else { return byte }
        let escape = bytes[position]
        position += 1
        switch escape {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            let scalar = readScalar(in: bytes)
            for unit in scalar.utf8.reversed() {
                pending = pending << 8 | UInt32(unit)
                pendingCount += 1
            }
            return next(in: bytes)
        default: return escape
        }
    }

    private mutating func readScalar(in bytes: Span<UInt8>) -> Unicode.Scalar {
        let unit = JSONCursor.hexadecimal4(at: position, in: bytes)
        position += 4
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, position + 6 <= end, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let low = JSONCursor.hexadecimal4(at: position + 2, in: bytes)
            // Any other escape may follow half a pair, so that the two are put together only once both are known.
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            {
                position += 6
                return scalar
            }
        }
        metUnpairedSurrogate = true
        return "\u{FFFD}"
    }
}
