// SPDX-License-Identifier: Apache-2.0

/// Sixteen bytes that are looked at together.
///
/// A test of the bytes is arithmetic whose result has a byte's highest bit set where the byte is meant: a mark. Swift
/// makes single instructions of the sums and differences of sixteen bytes, and of the bits of two words; of anything
/// else it makes loops.
struct ByteBlock {
    private let words: SIMD2<UInt64>

    @inline(__always)
    init(_ words: SIMD2<UInt64>) {
        self.words = words
    }

    @inline(__always)
    init(repeating byte: UInt8) {
        words = SIMD2(repeating: UInt64(byte) &* 0x0101_0101_0101_0101)
    }

    /// Index of the first marked byte; 16 if none is.
    @inline(__always)
    var firstMark: Int {
        let low = UInt64(littleEndian: words[0]) & Self.marks
        if low != 0 { return low.trailingZeroBitCount &>> 3 }
        let high = UInt64(littleEndian: words[1]) & Self.marks
        return 8 &+ high.trailingZeroBitCount &>> 3
    }

    /// Whether any byte is marked.
    @inline(__always)
    var hasMark: Bool { (words[0] | words[1]) & Self.marks != 0 }

    /// Marks the ASCII bytes outside a range of ASCII, for their differences are from -127 to 127; other bytes as it
    /// comes.
    @inline(__always)
    func outside(_ first: UInt8, _ last: UInt8) -> ByteBlock {
        (self &- ByteBlock(repeating: first)) | (ByteBlock(repeating: last) &- self)
    }

    /// Marks where a byte of ASCII stands.
    @inline(__always)
    func places(of byte: UInt8) -> ByteBlock {
        ((self ^ ByteBlock(repeating: byte)) &- ByteBlock(repeating: 1)) & ~self
    }

    private static var marks: UInt64 {
        @inline(__always) get { 0x8080_8080_8080_8080 }
    }
}

extension ByteBlock {
    @inline(__always)
    static func | (left: ByteBlock, right: ByteBlock) -> ByteBlock { ByteBlock(left.words | right.words) }

    @inline(__always)
    static func & (left: ByteBlock, right: ByteBlock) -> ByteBlock { ByteBlock(left.words & right.words) }

    @inline(__always)
    static func ^ (left: ByteBlock, right: ByteBlock) -> ByteBlock { ByteBlock(left.words ^ right.words) }

    @inline(__always)
    static prefix func ~ (block: ByteBlock) -> ByteBlock { ByteBlock(~block.words) }

    /// Adds byte by byte; nothing is carried from one to the next.
    @inline(__always)
    static func &+ (left: ByteBlock, right: ByteBlock) -> ByteBlock { ByteBlock(left.bytes &+ right.bytes) }

    /// Subtracts byte by byte; nothing is borrowed from the next.
    @inline(__always)
    static func &- (left: ByteBlock, right: ByteBlock) -> ByteBlock { ByteBlock(left.bytes &- right.bytes) }

    // Two words are sixteen bytes.
    @inline(__always)
    private var bytes: SIMD16<UInt8> { unsafe unsafeBitCast(words, to: SIMD16<UInt8>.self) }

    @inline(__always)
    private init(_ bytes: SIMD16<UInt8>) {
        words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    }
}
