// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// A place in a segment file from which records are read onwards, a piece at a time.
struct SegmentCursor: ~Copyable {
    /// How much of a file is read at once where nobody says otherwise; more than the longest record.
    static let readBytes = 65_536

    /// What comes next.
    enum Reading {
        /// Whole records, one or more.
        case batch(EntryBatch)
        /// Nothing: the file ends between two records, or has only zeros from there on, or the limit is reached.
        case end
        /// No whole record, and none that was promised comes after it: the last group of the log is not finished.
        case torn(SegmentDamage)
        /// No whole record, though the log goes on after it.
        case damaged(SegmentDamage)
    }

    /// The index of the segment's first entry, by its name.
    let firstIndex: UInt64
    /// The index of the entry that comes next.
    private(set) var nextIndex: UInt64
    /// Where in the file it begins.
    private(set) var offset: Int
    private let folder: LogFolder
    private let file: ReadOnlyFile
    private let readBytes: Int

    /// The file's path.
    var path: String { file.path }

    /// Opens a segment at its first record, or further on.
    init(
        _ folder: LogFolder,
        firstIndex: UInt64,
        startingAt start: (index: UInt64, offset: Int)? = nil,
        readBytes: Int = SegmentCursor.readBytes
    ) throws(LogError) {
        file = try LogError.wrapping { () throws(FileFault) in
            try ReadOnlyFile(folder.segment(firstIndex: firstIndex))
        }
        self.folder = folder
        self.firstIndex = firstIndex
        self.readBytes = readBytes
        nextIndex = start?.index ?? firstIndex
        offset = start?.offset ?? SegmentHeader.byteCount
    }

    /// How long the file is now.
    func byteCount() throws(LogError) -> Int {
        try LogError.wrapping { () throws(FileFault) in try file.byteCount() }
    }

    private func bytes(at offset: Int, byteCountMax: Int) throws(LogError) -> [UInt8] {
        try LogError.wrapping { () throws(FileFault) in try file.read(at: offset, byteCountMax: byteCountMax) }
    }

    /// What is wrong with the header, nil when nothing is.
    func headerDamage(logID: LogID) throws(LogError) -> HeaderDamage? {
        let bytes = try self.bytes(at: 0, byteCountMax: SegmentHeader.byteCount)
        do throws(SegmentDamage) {
            let header = try SegmentHeader(decoding: bytes.span)
            let isOwn = header == SegmentHeader(logID: logID, firstIndex: firstIndex)
            return isOwn ? nil : .otherSegment(header)
        } catch {
            return .damage(error)
        }
    }

    /// Reads the next records.
    ///
    /// - Parameter limit: the index at which to stop; entries at or above it are not looked at.
    /// - Returns: what comes next.
    /// - Throws: `file`.
    mutating func read(upTo limit: UInt64 = .max) throws(LogError) -> Reading {
        let seen = try look(upTo: limit)
        guard case .torn = seen else { return seen }
        let goesOn = try self.goesOn()
        // A writer may have been at this record. If the log was then seen to go on, the record had been on disk by that
        // time, so what is still broken now is damage.
        let seenAgain = try look(upTo: limit)
        guard case .torn(let damage) = seenAgain, goesOn else { return seenAgain }
        return .damaged(damage)
    }

    /// What stands here at this moment, where whatever is no whole record counts as torn.
    private mutating func look(upTo limit: UInt64) throws(LogError) -> Reading {
        guard nextIndex < limit else { return .end }
        let bytes = try self.bytes(at: offset, byteCountMax: readBytes)
        let span = bytes.span
        var entries: [Range<Int>] = []
        var position = 0
        var damage: SegmentDamage?
        parsing: while position < bytes.count, nextIndex + UInt64(entries.count) < limit {
            switch EntryFrame.read(span, at: position) {
            case .record(let record):
                entries.append(record.entry)
                position = record.entry.upperBound
            case .incomplete:
                damage = .recordCutOff
                break parsing
            case .damaged(let found):
                damage = found
                break parsing
            }
        }
        guard !entries.isEmpty else {
            guard let damage, try contentEnd() > offset else { return .end }
            return .torn(damage)
        }
        let batch = EntryBatch(firstIndex: nextIndex, bytes: bytes, entries: entries[...])
        nextIndex = batch.endIndex
        offset += position
        return .batch(batch)
    }

    /// Where the last byte ends that is not zero; `offset` if there is none from there on.
    func contentEnd() throws(LogError) -> Int {
        var end = offset
        var position = offset
        while true {
            let bytes = try self.bytes(at: position, byteCountMax: Self.readBytes)
            let count = EntryFrame.byteCountWithoutZeros(bytes.span)
            if count > 0 { end = position + count }
            guard bytes.count == Self.readBytes else { return end }
            position += bytes.count
        }
    }

    /// Whether a whole record, or the header, ends where the cursor stands.
    func isAtRecordEnd() throws(LogError) -> Bool {
        guard offset > SegmentHeader.byteCount else { return offset == SegmentHeader.byteCount }
        let start = max(SegmentHeader.byteCount, offset - EntryFrame.recordBytesMax)
        let bytes = try self.bytes(at: start, byteCountMax: offset - start)
        return bytes.count == offset - start && EntryFrame.endsWithRecord(bytes.span)
    }

    /// Whether anything was promised after this place: a segment is there, or a record that followed a sync.
    private func goesOn() throws(LogError) -> Bool {
        guard try folder.segmentIndexes().last == firstIndex else { return true }
        return try containsSyncedRecord(from: offset)
    }

    /// Whether the log went on behind a place where it is broken, so that this is damage and no torn tail.
    ///
    /// - Parameter start: the offset to look from.
    /// - Returns: whether a whole record that followed a sync is there.
    /// - Throws: `file`.
    func containsSyncedRecord(from start: Int) throws(LogError) -> Bool {
        var offset = start
        while true {
            let bytes = try self.bytes(at: offset, byteCountMax: 16 * Self.readBytes)
            if EntryFrame.containsSyncedRecord(bytes.span, from: 0) { return true }
            guard bytes.count == 16 * Self.readBytes else { return false }
            // Windows overlap, so that no record lies in two of them only.
            offset += bytes.count - EntryFrame.recordBytesMax
        }
    }
}
