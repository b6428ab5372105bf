// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Ledger
internal import Synchronization

/// The one writer of a log: takes groups from the queue, writes and syncs each, and says what is durable.
///
/// `@unchecked Sendable`: its mutable state is touched by the block that runs `run()` only.
final class LogWriter: @unchecked Sendable {
    /// A time without a writable log that has not ended yet.
    private struct Loss {
        let from: Int64
        let cause: FileFault
        var lostEntries: UInt64
        var retryAt: DispatchTime
    }

    private let folder: LogFolder
    private let logID: LogID
    private let options: DataLog.Options
    private let handlers: DataLog.Handlers
    private let queue: RecordQueue
    private let progress: LogProgress
    private let checkpoints: CheckpointWriter
    private let feed: EntryFeed?

    private var segment: SegmentFile
    private var frontier: MerkleFrontier
    /// The last sequence number that is durable or was reported lost.
    private var settledSequence: UInt64 = 0
    private var loss: Loss?
    private var checkpointAt: DispatchTime
    private var anchorAt: DispatchTime

    private var calls: any FileCalls { options.calls }

    init(
        folder: LogFolder,
        logID: LogID,
        options: DataLog.Options,
        handlers: DataLog.Handlers,
        queue: RecordQueue,
        progress: LogProgress,
        checkpoints: CheckpointWriter,
        feed: EntryFeed?,
        segment: SegmentFile,
        frontier: MerkleFrontier
    ) {
        self.folder = folder
        self.logID = logID
        self.options = options
        self.handlers = handlers
        self.queue = queue
        self.progress = progress
        self.checkpoints = checkpoints
        self.feed = feed
        self.segment = segment
        self.frontier = frontier
        checkpointAt = .now() + .milliseconds(options.checkpointIntervalMilliseconds)
        anchorAt = .now() + .milliseconds(options.anchorIntervalMilliseconds)
    }

    /// Writes until the queue is closed and empty.
    func run() {
        var buffer: [UInt8] = []
        var pause: DispatchTime?
        let gathering = options.durability == .strict ? Durability.strictGroupMicroseconds : 0
        feed?.notify()
        while true {
            switch queue.take(into: &buffer, notBefore: pause, gathering: gathering, deadline: deadline()) {
            case .group:
                let began = DispatchTime.now()
                let before = settledSequence
                commit(&buffer)
                // One request after the other shares its sync with the end of the last, and need not wait.
                let isShared = settledSequence - before > Durability.strictUnsharedEntriesMax
                pause =
                    switch options.durability {
                    case .strict: isShared ? began + .microseconds(Durability.strictGroupMicroseconds) : nil
                    case .relaxed: .now() + .milliseconds(Durability.relaxedGroupMilliseconds)
                    }
            case .deadline: break
            case .closed:
                finish()
                return
            }
            let now = DispatchTime.now()
            if let loss, now >= loss.retryAt { recover() }
            if isCheckpointDue, now >= checkpointAt { checkpoint(now) }
        }
    }

    private var isCheckpointDue: Bool { loss == nil && frontier.size > checkpoints.signedSize }

    private func deadline() -> DispatchTime {
        if let loss { return loss.retryAt }
        return isCheckpointDue ? checkpointAt : .distantFuture
    }

    // MARK: Groups

    /// Writes a group of unsealed records, in as many pieces as there are segments that it goes to.
    private func commit(_ buffer: inout [UInt8]) {
        var position = 0
        do throws(FileFault) {
            while position < buffer.count {
                let piece = seal(&buffer, from: position)
                guard piece.entries > 0 else {
                    try startSegment()
                    continue
                }
                try segment.append(buffer.span.extracting(position..<piece.end), calls: calls)
                settledSequence += piece.entries
                publish(entries: piece.entries)
                // After publishing, so that nobody waits for the hashing.
                hash(buffer.span.extracting(position..<piece.end))
                position = piece.end
            }
        } catch {
            lose(error)
        }
    }

    /// Seals the records from an offset on that the segment has room for.
    private func seal(_ buffer: inout [UInt8], from start: Int) -> (entries: UInt64, end: Int) {
        let room = options.segmentBytesMax - segment.offset
        var end = start
        var entries: UInt64 = 0
        while end < buffer.count {
            let recordEnd = end + EntryFrame.unsealedByteCount(in: buffer.span, at: end)
            // A segment always takes one record, so that no limit makes the log stand still.
            let isOnly = entries == 0 && segment.offset == SegmentHeader.byteCount
            guard recordEnd - start <= room || isOnly else { break }
            // The first record of a piece follows a sync: all pieces before it were synced.
            EntryFrame.seal(&buffer, at: end, isAfterSync: entries == 0)
            entries += 1
            end = recordEnd
        }
        return (entries, end)
    }

    private func hash(_ records: Span<UInt8>) {
        var position = 0
        while position < records.count {
            let end = position + EntryFrame.unsealedByteCount(in: records, at: position)
            frontier.append(
                MerkleHasher.leaf(records.extracting((position + EntryFrame.headerByteCount)..<end))
            )
            position = end
        }
    }

    private func publish(entries: UInt64) {
        progress.durableIndex.add(entries, ordering: .releasing)
        progress.durableSequence.store(settledSequence, ordering: .releasing)
        handlers.onDurable(settledSequence)
        feed?.notify()
    }

    /// Goes on in a new segment file; everything in the present one is on disk.
    private func startSegment() throws(FileFault) {
        // Before the next one is there, so that after a crash, too, only the last segment can end with zeros.
        try segment.finish(calls: calls)
        let header = SegmentHeader(logID: logID, firstIndex: progress.durableIndex.load(ordering: .relaxed))
        let next = try SegmentFile.create(folder, header: header, bytesMax: options.segmentBytesMax, calls: calls)
        segment.close(calls: calls)
        segment = next
    }

    // MARK: Loss

    /// Gives up everything that is not durable, says so, and takes no more entries until writing works again.
    private func lose(_ fault: FileFault) {
        let last = queue.makeUnavailable()
        progress.isAvailable.store(false, ordering: .releasing)
        loss = Loss(
            from: options.clock(),
            cause: fault,
            lostEntries: last - settledSequence,
            retryAt: .now() + .milliseconds(options.retryMilliseconds)
        )
        if last > settledSequence { handlers.onLost((settledSequence + 1)...last) }
        settledSequence = last
        handlers.onAvailability(false)
        handlers.onTrouble(LogError(fault))
    }

    /// Tries to take back what the failure left, and to write the gap entry to a new segment.
    private func recover() {
        guard let loss else { return }
        do throws(FileFault) {
            // Pages whose sync failed may be gone although later syncs succeed, so nothing is written after them.
            try segment.rollBack(calls: calls)
            try startSegment()
            let gap = handlers.gapEntry(
                LogLoss(
                    from: loss.from,
                    to: options.clock(),
                    cause: loss.cause,
                    lostEntries: loss.lostEntries,
                    refusedAppends: queue.refusedAppends
                )
            )
            let record = EntryFrame.sealed(gap, isAfterSync: true)
            try segment.append(record.span, calls: calls)
            self.loss = nil
            progress.isAvailable.store(true, ordering: .releasing)
            queue.makeAvailable()
            publish(entries: 1)
            hash(record.span)
            handlers.onAvailability(true)
        } catch {
            self.loss?.retryAt = .now() + .milliseconds(options.retryMilliseconds)
            handlers.onTrouble(LogError(error))
        }
    }

    // MARK: Checkpoints

    private func checkpoint(_ now: DispatchTime) {
        let withAnchor = now >= anchorAt
        checkpoints.begin(snapshot(withAnchor: withAnchor))
        checkpointAt = now + .milliseconds(options.checkpointIntervalMilliseconds)
        if withAnchor { anchorAt = now + .milliseconds(options.anchorIntervalMilliseconds) }
    }

    private func snapshot(withAnchor: Bool) -> CheckpointWriter.Snapshot {
        CheckpointWriter.Snapshot(
            frontier: frontier,
            segmentFirstIndex: segment.firstIndex,
            segmentOffset: segment.offset,
            anchorBlob: withAnchor ? progress.anchorBlob.withLock { $0 } : nil
        )
    }

    private func finish() {
        if loss != nil { recover() }
        if loss == nil {
            checkpoints.finish(snapshot(withAnchor: true))
            // Zeros that stay do no harm: the next opening takes them away.
            try? segment.finish(calls: calls)
        }
        segment.close(calls: calls)
        feed?.finish()
    }
}
