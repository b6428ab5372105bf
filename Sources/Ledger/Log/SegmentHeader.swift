// SPDX-License-Identifier: Apache-2.0

/// The first 40 bytes of a segment file.
///
/// Magic `CNCDLOG\n` (8), format version (u32), log identity (16), index of the first entry (u64), CRC-32C of the
/// 36 bytes before it (u32). Integers are little-endian.
package struct SegmentHeader: Hashable, Sendable {
    /// The format that this code writes and the only one that it reads.
    package static let formatVersion: UInt32 = 1
    /// How many bytes a header takes.
    package static let byteCount = 40
    /// A segment file is never longer than this: 64 MiB.
    package static let segmentBytesMax = 64 << 20

    private static let magic = Array("CNCDLOG\n".utf8)

    /// The log that the segment belongs to.
    package let logID: LogID
    /// The index of the segment's first entry in the log.
    package let firstIndex: UInt64

    /// A header for a segment that begins with the entry of an index.
    package init(logID: LogID, firstIndex: UInt64) {
        self.logID = logID
        self.firstIndex = firstIndex
    }

    /// The header as it stands in the file.
    package var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.appendLittleEndian(Self.formatVersion)
        bytes += logID.bytes
        bytes.appendLittleEndian(firstIndex)
        bytes.appendLittleEndian(CRC32C.checksum(bytes.span))
        return bytes
    }

    /// Reads the header that a segment file begins with.
    ///
    /// - Parameter bytes: the file's first bytes, 40 or more.
    /// - Throws: what is wrong with them.
    package init(decoding bytes: Span<UInt8>) throws(SegmentDamage) {
        guard bytes.count >= Self.byteCount else { throw .headerCutOff }
        for (offset, byte) in Self.magic.enumerated() where bytes[offset] != byte { throw .headerMagic }
        let checksum = bytes.littleEndian(at: 36, as: UInt32.self)
        guard CRC32C.checksum(bytes.extracting(0..<36)) == checksum else { throw .headerChecksum }
        let version = bytes.littleEndian(at: 8, as: UInt32.self)
        guard version == Self.formatVersion else { throw .formatVersion(version) }
        guard let logID = LogID(bytes: (12..<28).map { bytes[$0] }) else { throw .headerCutOff }
        self.init(logID: logID, firstIndex: bytes.littleEndian(at: 28, as: UInt64.self))
    }
}
