// SPDX-License-Identifier: Apache-2.0

/// Sixteen bytes that are looked at together.
///
/// A test of the bytes is arithmetic whose result has a byte's highest bit set where the byte is meant: a mark. Swift's
/// comparisons of vectors become loops over their elements, and its arithmetic becomes single instructions.
struct ByteBlock {
    let bytes: SIMD16<UInt8>

    @inline(__always)
    init(_ bytes: SIMD16<UInt8>) {
        self.bytes = bytes
    }

    /// Index of the first marked byte; 16 if none is.
    @inline(__always)
    var firstMark: Int {
        // Sixteen bytes are two words.
        let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
        let low = UInt64(littleEndian: words[0]) & Self.marks
        if low != 0 { return low.trailingZeroBitCount &>> 3 }
        let high = UInt64(littleEndian: words[1]) & Self.marks
        return 8 &+ high.trailingZeroBitCount &>> 3
    }

    /// Whether any byte is marked.
    @inline(__always)
    var hasMark: Bool {
        // Sixteen bytes are two words.
        let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
        return (words[0] | words[1]) & Self.marks != 0
    }

    private static var marks: UInt64 {
        @inline(__always) get { 0x8080_8080_8080_8080 }
    }
}
