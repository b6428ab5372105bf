// SPDX-License-Identifier: Apache-2.0

internal import CCRC32C

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), by the processor's instruction, or sixteen bytes at a time by table
/// slicing where it has none.
package enum CRC32C {
    private static let hasInstruction = ccrc32c_is_supported()

    /// Sixteen tables of 256 words, one after the other: the last is for the byte that was summed first.
    private static let tables: [UInt32] = {
        let polynomial: UInt32 = 0x82F6_3B78
        var tables = [UInt32](repeating: 0, count: 16 * 256)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 {
                value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1
            }
            tables[index] = value
        }
        for index in 256..<(16 * 256) {
            let value = tables[index - 256]
            tables[index] = value >> 8 ^ tables[Int(value & 0xFF)]
        }
        return tables
    }()

    /// The checksum of some bytes, or of a longer text whose beginning has the checksum given.
    ///
    /// - Parameters:
    ///   - bytes: what to sum.
    ///   - previous: the checksum of the bytes that come before these; 0 when there are none.
    /// - Returns: the checksum.
    package static func checksum(_ bytes: Span<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
        guard hasInstruction else { return checksumByTables(bytes, continuing: previous) }
        return unsafe bytes.withUnsafeBufferPointer { memory in
            unsafe ~ccrc32c_update(~previous, memory.baseAddress, memory.count)
        }
    }

    /// The same, without the instruction.
    package static func checksumByTables(_ bytes: Span<UInt8>, continuing previous: UInt32 = 0) -> UInt32 {
        let tables = Self.tables.span
        let raw = unsafe bytes.bytes
        var sum = ~previous
        var position = 0
        while position &+ 16 <= bytes.count {
            // Within the bytes, as the loop has just seen.
            let first =
                unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
                ^ UInt64(sum)
            let second =
                unsafe UInt64(
                    littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position &+ 8, as: UInt64.self))
            // Two halves that wait for each other only at the end.
            sum = slice(first, tables, from: 8) ^ slice(second, tables, from: 0)
            position &+= 16
        }
        while position < bytes.count {
            sum = sum >> 8 ^ tables[Int((sum ^ UInt32(bytes[position])) & 0xFF)]
            position &+= 1
        }
        return ~sum
    }

    /// What eight bytes add to a sum behind which so many tables' bytes follow.
    @inline(__always)
    private static func slice(_ word: UInt64, _ tables: Span<UInt32>, from table: Int) -> UInt32 {
        // A byte has 256 values, and there are sixteen tables.
        unsafe tables[unchecked: (table &+ 7) &* 256 &+ Int(word & 0xFF)]
            ^ tables[unchecked: (table &+ 6) &* 256 &+ Int(word >> 8 & 0xFF)]
            ^ tables[unchecked: (table &+ 5) &* 256 &+ Int(word >> 16 & 0xFF)]
            ^ tables[unchecked: (table &+ 4) &* 256 &+ Int(word >> 24 & 0xFF)]
            ^ tables[unchecked: (table &+ 3) &* 256 &+ Int(word >> 32 & 0xFF)]
            ^ tables[unchecked: (table &+ 2) &* 256 &+ Int(word >> 40 & 0xFF)]
            ^ tables[unchecked: (table &+ 1) &* 256 &+ Int(word >> 48 & 0xFF)]
            ^ tables[unchecked: table &* 256 &+ Int(word >> 56)]
    }
}
