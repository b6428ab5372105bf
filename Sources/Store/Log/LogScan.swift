// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// The reading of a log's segments when it is opened: rebuilds the frontier and tells a torn tail from damage.
struct LogScan {
    let folder: LogFolder
    let logID: LogID
    /// Everything that it covers must be there and unchanged.
    let checkpoint: Checkpoint?

    /// The hashes of the entries that were read.
    private(set) var frontier = MerkleFrontier()
    /// The last whole segment and the offset at which its records end.
    private(set) var segment: (firstIndex: UInt64, offset: Int)?
    /// How many bytes of an unfinished group follow them; zeros at the end are not counted.
    private(set) var tornTailBytes = 0
    /// A last segment file that does not even have a header.
    private(set) var unfinishedSegment: UInt64?

    init(folder: LogFolder, logID: LogID, checkpoint: Checkpoint?) {
        self.folder = folder
        self.logID = logID
        self.checkpoint = checkpoint
    }

    /// Reads every segment from an anchor on, or from the beginning.
    mutating func run(from anchor: LogAnchor?) throws(LogError) {
        frontier = anchor?.frontier ?? MerkleFrontier()
        try checkRoot()
        let all = try folder.segmentIndexes()
        let indexes = all.filter { $0 >= anchor?.segmentFirstIndex ?? 0 }
        if let anchor, indexes.first != anchor.segmentFirstIndex {
            throw missing(anchor.segmentFirstIndex)
        }
        for firstIndex in indexes {
            let start = anchor?.segmentFirstIndex == firstIndex ? anchor?.segmentOffset : nil
            guard start != nil || firstIndex == frontier.size else { throw missing(frontier.size) }
            try read(firstIndex, startingAt: start, isLast: firstIndex == indexes.last)
        }
        guard frontier.size >= checkpoint?.size ?? 0 else {
            throw LogError(
                .entriesMissing,
                "the checkpoint of \(folder.path) was signed over \(checkpoint?.size ?? 0) entries and the log has "
                    + "\(frontier.size): restore the segment files from a backup"
            )
        }
    }

    private mutating func read(_ firstIndex: UInt64, startingAt start: Int?, isLast: Bool) throws(LogError) {
        var cursor = try SegmentCursor(
            folder,
            firstIndex: firstIndex,
            startingAt: start.map { (frontier.size, $0) }
        )
        if let damage = try cursor.headerDamage(logID: logID) {
            guard isLast, case .damage = damage, try !cursor.containsSyncedRecord(from: 0) else {
                throw LogError(.damaged, "\(cursor.path): \(damage): restore the file from a backup")
            }
            unfinishedSegment = firstIndex
            return
        }
        // An anchor that is newer than the file would lead over entries that are missing, into the zeros behind them.
        guard try cursor.isAtRecordEnd() else { throw missing(frontier.size) }
        reading: while true {
            switch try cursor.read() {
            case .batch(let batch):
                try batch.visit { (_, entry) throws(LogError) in
                    frontier.append(MerkleHasher.leaf(entry))
                    try checkRoot()
                }
            case .end: break reading
            case .torn where frontier.size >= checkpoint?.size ?? 0:
                tornTailBytes = try cursor.contentEnd() - cursor.offset
                break reading
            case .torn(let damage), .damaged(let damage):
                throw LogError(
                    .damaged,
                    "\(cursor.path), offset \(cursor.offset), entry \(frontier.size): \(damage), and entries "
                        + "that were promised come after it: restore the file from a backup"
                )
            }
        }
        segment = (firstIndex, cursor.offset)
    }

    private func checkRoot() throws(LogError) {
        guard let checkpoint, frontier.size == checkpoint.size, frontier.root != checkpoint.root else { return }
        throw LogError(
            .damaged,
            "the first \(checkpoint.size) entries of \(folder.path) are not those that the checkpoint was signed "
                + "over: restore the segment files from a backup"
        )
    }

    private func missing(_ index: UInt64) -> LogError {
        LogError(
            .entriesMissing,
            "no segment file begins at entry \(index) in \(folder.segments): restore it from a backup"
        )
    }
}
