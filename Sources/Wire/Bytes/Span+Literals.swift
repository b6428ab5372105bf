// SPDX-License-Identifier: Apache-2.0

// These are inlined so that a literal that is known becomes a few comparisons of words with constants.
extension Span where Element == UInt8 {
    /// Whether the bytes from an offset on begin with this literal.
    @inline(__always)
    package func holds(_ literal: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, literal.utf8CodeUnitCount <= count - offset else { return false }
        return agrees(with: literal, at: offset, ignoringCase: false)
    }

    /// Whether bytes are a text of lower-case letters, without regard to ASCII case.
    ///
    /// The literal may hold digits and marks before `@` in ASCII too; those have no other case.
    @inline(__always)
    package func holds(_ literal: StaticString, ignoringCaseIn range: Range<Int>) -> Bool {
        guard range.count == literal.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= count else {
            return false
        }
        return agrees(with: literal, at: range.lowerBound, ignoringCase: true)
    }

    /// Compares as many bytes as the literal has, which must lie within the span; the last words overlap.
    @inline(__always)
    private func agrees(with literal: StaticString, at offset: Int, ignoringCase: Bool) -> Bool {
        let length = literal.utf8CodeUnitCount
        var index = 0
        if length >= 8 {
            let last = length &- 8
            while index < last {
                guard agrees(with: literal, at: offset, index, ignoringCase, as: UInt64.self) else { return false }
                index &+= 8
            }
            return agrees(with: literal, at: offset, last, ignoringCase, as: UInt64.self)
        }
        if length >= 4 {
            return agrees(with: literal, at: offset, 0, ignoringCase, as: UInt32.self)
                && agrees(with: literal, at: offset, length &- 4, ignoringCase, as: UInt32.self)
        }
        while index < length {
            guard agrees(with: literal, at: offset, index, ignoringCase, as: UInt8.self) else { return false }
            index &+= 1
        }
        return true
    }

    /// Compares one word at an index of the literal.
    @inline(__always)
    private func agrees<Word: FixedWidthInteger & BitwiseCopyable>(
        with literal: StaticString,
        at offset: Int,
        _ index: Int,
        _ ignoringCase: Bool,
        as word: Word.Type
    ) -> Bool {
        assert(offset >= 0 && offset + literal.utf8CodeUnitCount <= count, "the literal ends behind the bytes")
        // The word lies within the literal, and the caller has checked that the span holds as many bytes.
        let expected = unsafe UnsafeRawPointer(literal.utf8Start + index).loadUnaligned(as: Word.self)
        let found = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ index, as: Word.self)
        guard ignoringCase else { return found == expected }
        // Of what a literal may hold, the letters alone have this bit; the bit half as large tells their cases apart.
        let letters = expected & (Word.max / 0xFF &* 0x40)
        return found | letters &>> 1 == expected
    }
}
