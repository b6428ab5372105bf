// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Where the log stood at a moment, so that opening it reads only what came after.
///
/// Only an accelerator: a missing, wrong or too new anchor means that the log is read from its beginning.
///
/// Layout, little-endian: `CNCDANC\n`, version (u32), log identity (16), first index of the segment (u64), offset in it
/// (u64), length of the frontier (u32), frontier, length of the owner's blob (u32), blob, CRC-32C of all before (u32).
struct LogAnchor: Hashable, Sendable {
    /// The owner's blob is at most 64 KiB.
    static let blobBytesMax = 65_536
    static let bytesMax = blobBytesMax + 4_096

    private static let magic = Array("CNCDANC\n".utf8)
    private static let formatVersion: UInt32 = 1

    let logID: LogID
    /// The hashes of the first `frontier.size` entries.
    let frontier: MerkleFrontier
    /// The segment that the next entry goes to.
    let segmentFirstIndex: UInt64
    /// Where in that segment it goes.
    let segmentOffset: Int
    /// What the owner gave.
    let blob: [UInt8]

    var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.appendLittleEndian(Self.formatVersion)
        bytes += logID.bytes
        bytes.appendLittleEndian(segmentFirstIndex)
        bytes.appendLittleEndian(UInt64(segmentOffset))
        for part in [frontier.encoded, blob] {
            bytes.appendLittleEndian(UInt32(part.count))
            bytes += part
        }
        bytes.appendLittleEndian(CRC32C.checksum(bytes.span))
        return bytes
    }

    init(logID: LogID, frontier: MerkleFrontier, segmentFirstIndex: UInt64, segmentOffset: Int, blob: [UInt8]) {
        self.logID = logID
        self.frontier = frontier
        self.segmentFirstIndex = segmentFirstIndex
        self.segmentOffset = segmentOffset
        self.blob = blob
    }

    /// Reads `encoded` back; nil for anything else.
    init?(encoded bytes: [UInt8]) {
        let span = bytes.span
        let fixedByteCount = 44
        guard bytes.count >= fixedByteCount + 12, bytes.count <= Self.bytesMax, bytes.starts(with: Self.magic),
            CRC32C.checksum(span.extracting(0..<(bytes.count - 4)))
                == span.littleEndian(at: bytes.count - 4, as: UInt32.self),
            span.littleEndian(at: 8, as: UInt32.self) == Self.formatVersion,
            let logID = LogID(bytes: Array(bytes[12..<28])),
            let offset = Int(exactly: span.littleEndian(at: 36, as: UInt64.self))
        else { return nil }
        let frontierStart = fixedByteCount + 4
        let frontierEnd = frontierStart + Int(span.littleEndian(at: fixedByteCount, as: UInt32.self))
        guard frontierEnd + 8 <= bytes.count,
            frontierEnd + 8 + Int(span.littleEndian(at: frontierEnd, as: UInt32.self)) == bytes.count,
            let frontier = MerkleFrontier(encoded: Array(bytes[frontierStart..<frontierEnd]))
        else { return nil }
        self.init(
            logID: logID,
            frontier: frontier,
            segmentFirstIndex: span.littleEndian(at: 28, as: UInt64.self),
            segmentOffset: offset,
            blob: Array(bytes[(frontierEnd + 4)..<(bytes.count - 4)])
        )
    }
}
