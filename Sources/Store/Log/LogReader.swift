// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Reads the entries of a log in order, also beside the process that writes it: without a lock, changing nothing.
package struct LogReader: ~Copyable {
    private let folder: LogFolder
    private let logID: LogID
    private var cursor: SegmentCursor?
    private var nextIndex: UInt64
    private let readBytes: Int

    /// A reader at an entry.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - index: the first entry to read; it need not be written yet.
    /// - Throws: `wrongLog` where there is no log, `file`.
    package init(folder: LogFolder, from index: UInt64) throws(LogError) {
        guard let origin = try LogOrigin.read(folder) else {
            throw LogError(.wrongLog, "there is no log in \(folder.path): is it the right data folder?")
        }
        self.init(folder: folder, logID: origin.logID, from: index)
    }

    init(folder: LogFolder, logID: LogID, from index: UInt64, readBytes: Int = SegmentCursor.readBytes) {
        self.folder = folder
        self.logID = logID
        nextIndex = index
        self.readBytes = readBytes
    }

    /// The next entries, one or more; nil when there are none at present.
    ///
    /// It may be asked again later.
    ///
    /// - Parameter limit: the index at which to stop. Without it, entries that the writer has not yet synced may be
    ///   among those read.
    /// - Returns: the entries below the limit that were read at once, or nil.
    /// - Throws: `damaged` with the place, `rewound`, `file`.
    package mutating func next(upTo limit: UInt64 = .max) throws(LogError) -> EntryBatch? {
        while nextIndex < limit {
            var held = self.cursor.take()
            if held == nil { held = try openSegment() }
            guard var cursor = held.take() else { return nil }
            let reading = try cursor.read(upTo: limit)
            switch reading {
            case .batch(let batch):
                self.cursor = consume cursor
                guard batch.endIndex > nextIndex else { continue }
                let wanted = batch.dropping(before: nextIndex)
                nextIndex = batch.endIndex
                return wanted
            case .end:
                var following = try segment(after: cursor)
                guard let next = following.take() else {
                    self.cursor = consume cursor
                    return nil
                }
                self.cursor = consume next
            case .torn:
                // Where the log ends: it is being written, or was when a machine stopped.
                self.cursor = consume cursor
                return nil
            case .damaged(let damage):
                throw LogError(
                    .damaged,
                    "\(cursor.path), offset \(cursor.offset), entry \(cursor.nextIndex): \(damage): restore the file "
                        + "from a backup"
                )
            }
        }
        return nil
    }

    /// The segment that holds the next entry, or the last one when it is not written yet.
    private func openSegment() throws(LogError) -> SegmentCursor? {
        guard let firstIndex = try folder.segmentIndexes().last(where: { $0 <= nextIndex }) else { return nil }
        return try open(firstIndex)
    }

    /// The segment that goes on where another one ended; nil when there is none yet.
    private func segment(after cursor: borrowing SegmentCursor) throws(LogError) -> SegmentCursor? {
        guard try cursor.byteCount() >= cursor.offset else {
            throw LogError(
                .rewound,
                "\(cursor.path) became shorter: the writer took back entries that were not durable; read again"
            )
        }
        guard cursor.nextIndex != cursor.firstIndex else { return nil }
        do throws(LogError) {
            return try open(cursor.nextIndex)
        } catch {
            if error.cause?.isNotFound == true { return nil }
            throw error
        }
    }

    private func open(_ firstIndex: UInt64) throws(LogError) -> SegmentCursor? {
        let cursor = try SegmentCursor(folder, firstIndex: firstIndex, readBytes: readBytes)
        guard let damage = try cursor.headerDamage(logID: logID) else { return cursor }
        // A segment that is being made at this moment has no header yet.
        if damage == .damage(.headerCutOff) { return nil }
        throw LogError(.damaged, "\(cursor.path): \(damage): restore the file from a backup")
    }
}
