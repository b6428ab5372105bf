// SPDX-License-Identifier: Apache-2.0

extension Span where Element == UInt8 {
    /// Eight bytes as one word, the first byte lowest; the bytes must lie within the span.
    func word(at offset: Int) -> UInt64 {
        // Any eight bytes are a UInt64, and the load is bounds-checked.
        let loaded = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: loaded)
    }

    /// As ``word(at:)``, for loops that have just compared the offset with the count.
    @inline(__always)
    func wordWithin(at offset: Int) -> UInt64 {
        assert(offset >= 0 && offset <= count - 8, "the word ends behind the bytes")
        // Any eight bytes are a UInt64, and the caller has checked that they are there.
        let loaded = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: loaded)
    }

    /// Sixteen bytes side by side, for loops that have just compared the offset with the count.
    @inline(__always)
    func blockWithin(at offset: Int) -> ByteBlock {
        assert(offset >= 0 && offset <= count - 16, "the block ends behind the bytes")
        // Any sixteen bytes are a block, and the caller has checked that they are there.
        return ByteBlock(unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD2<UInt64>.self))
    }

    /// One byte, for loops that have just compared the offset with the count.
    @inline(__always)
    func byteWithin(at offset: Int) -> UInt8 {
        assert(offset >= 0 && offset < count, "the byte lies behind the bytes")
        // The caller has checked that it is there.
        return unsafe self[unchecked: offset]
    }
}
