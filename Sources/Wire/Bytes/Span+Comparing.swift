// SPDX-License-Identifier: Apache-2.0

extension Span where Element == UInt8 {
    /// Whether these bytes are those of another span's range; how long that takes says nothing of where they differ.
    package func isSecretlyEqual(to range: Range<Int>, of other: Span<UInt8>) -> Bool {
        guard count == range.count, range.lowerBound >= 0, range.upperBound <= other.count else { return false }
        var difference: UInt64 = 0
        var offset = 0
        while offset &+ 8 <= count {
            difference |= wordWithin(at: offset) ^ other.wordWithin(at: range.lowerBound &+ offset)
            offset &+= 8
        }
        while offset < count {
            difference |= UInt64(self[offset] ^ other[range.lowerBound &+ offset])
            offset &+= 1
        }
        return difference == 0
    }
}
