// SPDX-License-Identifier: Apache-2.0

/// A string of a JSON document: where its contents lie, without the quotes.
package struct JSONText: Equatable, Sendable {
    /// The bytes between the quotes, as they were written.
    package let range: Range<Int>
    /// How many bytes of UTF-8 the string has once its escapes are resolved.
    package let unescapedCount: Int

    package init(range: Range<Int>, unescapedCount: Int) {
        self.range = range
        self.unescapedCount = unescapedCount
    }

    /// Whether an escape occurs: every escape is longer than what it stands for.
    package var hasEscapes: Bool { unescapedCount != range.count }

    /// Whether the string with its escapes resolved is exactly this ASCII literal.
    @inline(__always)
    package func equals(_ literal: StaticString, in bytes: Span<UInt8>) -> Bool {
        // Most comparisons end at the length.
        guard unescapedCount == literal.utf8CodeUnitCount else { return false }
        return hasEscapes ? equalsUnescaped(literal, in: bytes) : bytes.holds(literal, at: range.lowerBound)
    }

    @inline(never)
    private func equalsUnescaped(_ literal: StaticString, in bytes: Span<UInt8>) -> Bool {
        var unescaper = JSONUnescaper(self)
        for index in 0..<unescapedCount {
            // The index is below the literal's count.
            let expected = unsafe literal.utf8Start[index]
            guard unescaper.next(in: bytes) == expected else { return false }
        }
        return true
    }

    /// The string with its escapes resolved; nil if an escape is an unpaired surrogate, which no text can hold.
    package func string(in bytes: Span<UInt8>) -> String? {
        string(in: bytes, bytesMax: .max)
    }

    /// As ``string(in:)``, cut at a whole character once it has this many bytes.
    package func string(in bytes: Span<UInt8>, bytesMax: Int) -> String? {
        if !hasEscapes && range.count <= bytesMax {
            guard let text = try? UTF8Span(validating: bytes.extracting(range)) else { return nil }
            return String(copying: text)
        }
        var unescaper = JSONUnescaper(self)
        var unescaped: [UInt8] = []
        unescaped.reserveCapacity(min(unescapedCount, bytesMax))
        while unescaped.count < bytesMax, let byte = unescaper.next(in: bytes) {
            unescaped.append(byte)
        }
        guard !unescaper.metUnpairedSurrogate else { return nil }
        while let last = unescaped.last, unescaper.isInsideCharacter(in: bytes) {
            unescaped.removeLast()
            if last >= 0xC0 { break }
        }
        return String(decoding: unescaped, as: UTF8.self)
    }
}
