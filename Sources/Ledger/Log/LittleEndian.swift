// SPDX-License-Identifier: Apache-2.0

extension [UInt8] {
    /// Appends an integer, least significant byte first.
    package mutating func appendLittleEndian<Integer: FixedWidthInteger>(_ value: Integer) {
        for offset in 0..<(Integer.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: value >> (8 * Integer(offset))))
        }
    }
}

extension Span<UInt8> {
    /// The integer that stands at an offset, least significant byte first.
    ///
    /// The bytes must be there.
    package func littleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int,
        as type: Integer.Type
    ) -> Integer {
        precondition(offset >= 0 && offset + MemoryLayout<Integer>.size <= count)
        return unsafe Integer(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }
}
