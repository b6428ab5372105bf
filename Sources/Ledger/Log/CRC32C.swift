// SPDX-License-Identifier: Apache-2.0

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes at a time by table slicing.
package enum CRC32C {
    /// Eight tables of 256 words, one after the other.
    private static let tables: [UInt32] = {
        let polynomial: UInt32 = 0x82F6_3B78
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 {
                value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1
            }
            tables[index] = value
        }
        for index in 256..<(8 * 256) {
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
        let tables = Self.tables.span
        let raw = unsafe bytes.bytes
        var sum = ~previous
        var position = 0
        while position &+ 8 <= bytes.count {
            let word =
                unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
                ^ UInt64(sum)
            sum =
                tables[1_792 &+ Int(word & 0xFF)]
                ^ tables[1_536 &+ Int(word >> 8 & 0xFF)]
                ^ tables[1_280 &+ Int(word >> 16 & 0xFF)]
                ^ tables[1_024 &+ Int(word >> 24 & 0xFF)]
                ^ tables[768 &+ Int(word >> 32 & 0xFF)]
                ^ tables[512 &+ Int(word >> 40 & 0xFF)]
                ^ tables[256 &+ Int(word >> 48 & 0xFF)]
                ^ tables[Int(word >> 56)]
            position &+= 8
        }
        while position < bytes.count {
            sum = sum >> 8 ^ tables[Int((sum ^ UInt32(bytes[position])) & 0xFF)]
            position &+= 1
        }
        return ~sum
    }
}
