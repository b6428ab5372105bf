// SPDX-License-Identifier: Apache-2.0

/// One record of a segment: mark and length (u32), CRC-32C of the mark, length and entry (u32), the entry's bytes.
///
/// The top bit of the first word is the *synced mark*: when it is set, everything before the record was on disk
/// when the record was written. A wrong record with a synced mark behind it is therefore damage; a wrong record with
/// none is the torn tail of a group that was never promised to anybody. Length zero is no record, so zeros at the end,
/// written ahead of the records or left by a file system, are never read as entries.
package enum EntryFrame {
    /// How many bytes stand before the entry.
    package static let headerByteCount = 8
    /// The longest entry: 16 KiB, since lengths in C2SP tlog-tiles bundles have 16 bits.
    package static let entryBytesMax = 16_384
    /// The longest record.
    package static let recordBytesMax = headerByteCount + entryBytesMax

    private static let syncedMark: UInt32 = 1 << 31

    /// A record that was read.
    package struct Record: Hashable, Sendable {
        /// Where the entry's bytes stand in the buffer that was read.
        package let entry: Range<Int>
        /// Whether everything before the record was on disk when it was written.
        package let isAfterSync: Bool
    }

    /// What stands at one place of a buffer.
    package enum Reading: Hashable, Sendable {
        /// A whole record.
        case record(Record)
        /// The beginning of a record; the buffer ends first.
        case incomplete
        /// No record.
        case damaged(SegmentDamage)
    }

    /// Appends an unsealed record to a buffer: room for its header with the length in place, then the entry.
    ///
    /// - Parameters:
    ///   - entry: 1 to 16,384 bytes.
    ///   - buffer: what it is appended to.
    package static func append(_ entry: Span<UInt8>, to buffer: inout [UInt8]) {
        precondition(!entry.isEmpty && entry.count <= entryBytesMax, "an entry has 1 to \(entryBytesMax) bytes")
        let length = UInt32(entry.count)
        buffer.append(UInt8(truncatingIfNeeded: length))
        buffer.append(UInt8(truncatingIfNeeded: length >> 8))
        buffer.append(0)
        buffer.append(0)
        for _ in 4..<headerByteCount { buffer.append(0) }
        unsafe entry.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    }

    /// The byte count of the unsealed record at an offset, its header included.
    package static func unsealedByteCount(in buffer: Span<UInt8>, at offset: Int) -> Int {
        headerByteCount + Int(buffer.littleEndian(at: offset, as: UInt32.self) & ~syncedMark)
    }

    /// Seals a record in place: sets its synced mark and its checksum.
    ///
    /// - Parameters:
    ///   - buffer: holds a whole unsealed record at `offset`.
    ///   - offset: where the record begins.
    ///   - isAfterSync: whether everything before the record is on disk.
    package static func seal(_ buffer: inout [UInt8], at offset: Int, isAfterSync: Bool) {
        let end = offset + unsealedByteCount(in: buffer.span, at: offset)
        if isAfterSync {
            buffer[offset + 3] |= 0x80
        } else {
            buffer[offset + 3] &= 0x7F
        }
        let sum = checksum(of: buffer.span.extracting(offset..<end))
        for byte in 0..<4 {
            buffer[offset + 4 + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * byte))
        }
    }

    /// A whole sealed record with one entry, for places that write one at a time.
    package static func sealed(_ entry: [UInt8], isAfterSync: Bool) -> [UInt8] {
        var buffer: [UInt8] = []
        append(entry.span, to: &buffer)
        seal(&buffer, at: 0, isAfterSync: isAfterSync)
        return buffer
    }

    /// Reads what stands at an offset of a buffer.
    package static func read(_ buffer: Span<UInt8>, at offset: Int) -> Reading {
        precondition(offset >= 0 && offset <= buffer.count)
        guard buffer.count - offset >= headerByteCount else { return .incomplete }
        let word = buffer.littleEndian(at: offset, as: UInt32.self)
        let length = word & ~syncedMark
        guard length > 0, length <= UInt32(entryBytesMax) else { return .damaged(.recordLength(length)) }
        let end = offset + headerByteCount + Int(length)
        guard end <= buffer.count else { return .incomplete }
        guard checksum(of: buffer.extracting(offset..<end)) == buffer.littleEndian(at: offset + 4, as: UInt32.self)
        else { return .damaged(.recordChecksum) }
        return .record(Record(entry: (offset + headerByteCount)..<end, isAfterSync: word & syncedMark != 0))
    }

    /// Whether a whole record with a synced mark begins anywhere at or after an offset.
    ///
    /// A wrong record before it can't be a torn tail: the log went on after it. Cheap, since only places whose
    /// first word looks like a marked length are summed.
    package static func containsSyncedRecord(_ buffer: Span<UInt8>, from offset: Int) -> Bool {
        var position = offset
        while position + headerByteCount <= buffer.count {
            if buffer[position + 3] == 0x80, buffer[position + 2] == 0,
                case .record(let record) = read(buffer, at: position), record.isAfterSync
            {
                return true
            }
            position += 1
        }
        return false
    }

    /// Whether a whole record ends where the buffer ends, of which its last `recordBytesMax` bytes are looked at.
    package static func endsWithRecord(_ buffer: Span<UInt8>) -> Bool {
        for start in max(0, buffer.count - recordBytesMax)..<max(0, buffer.count - headerByteCount)
        where unsealedByteCount(in: buffer, at: start) == buffer.count - start {
            if case .record = read(buffer, at: start) { return true }
        }
        return false
    }

    /// How many bytes a buffer has without the zeros at its end.
    package static func byteCountWithoutZeros(_ buffer: Span<UInt8>) -> Int {
        var count = buffer.count
        while count >= 8, buffer.littleEndian(at: count - 8, as: UInt64.self) == 0 { count -= 8 }
        while count > 0, buffer[count - 1] == 0 { count -= 1 }
        return count
    }

    private static func checksum(of record: Span<UInt8>) -> UInt32 {
        let ofLength = CRC32C.checksum(record.extracting(0..<4))
        return CRC32C.checksum(record.extracting(headerByteCount..<record.count), continuing: ofLength)
    }
}
