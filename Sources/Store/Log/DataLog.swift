// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
package import Ledger
internal import Synchronization

/// The log of record of one data folder, open for writing: there is one at a time, in one process.
package final class DataLog: Sendable {
    private enum Stage {
        case opened(SegmentFile, MerkleFrontier)
        case started(finished: DispatchSemaphore)
        case closed
    }

    /// Where the parts of the data folder are.
    package let folder: LogFolder
    /// The log's identity.
    package let logID: LogID
    /// The first line of the log's checkpoints, and the name of its key.
    package let origin: String
    /// The public half of the key that signs the checkpoints.
    package let verifierKey: VerifierKey
    /// 32 secret random bytes that salts are derived from.
    package let saltSecret: [UInt8]
    /// What opening found.
    package let recovery: LogRecovery.Report
    /// Takes entries; they are written once `start` was called.
    package let queue: RecordQueue
    /// The content-addressed objects that entries refer to.
    package let objects: ObjectStore

    private let options: Options
    private let signingKey: SigningKey
    private let signedSize: UInt64
    private let progress: LogProgress
    private let lock: FolderLock
    private let stage: Mutex<Stage>

    /// Opens the log of a data folder, which is made with its keys when it is not there.
    ///
    /// - Parameters:
    ///   - path: the data folder.
    ///   - options: how the log is kept.
    /// - Returns: the log, not yet started.
    /// - Throws: when another process has the folder, durable entries are damaged or missing, or a key is.
    package static func open(folder path: String, options: Options) throws(LogError) -> DataLog {
        let folder = LogFolder(path)
        try LogError.wrapping { () throws(FileFault) in
            for part in [folder.path, folder.log, folder.segments, folder.objects] {
                try Folder.make(part, mode: part == folder.path ? 0o700 : 0o755, calls: options.calls)
            }
            try Folder.make(folder.keys, mode: 0o700, calls: options.calls)
        }
        let lock = try FolderLock(folder)
        return try DataLog(folder: folder, options: options, lock: lock)
    }

    private init(folder: LogFolder, options: Options, lock: FolderLock) throws(LogError) {
        let calls = options.calls
        let origin = try LogOrigin.open(folder, configured: options.origin, calls: calls)
        let note = try StoredCheckpoint.read(folder)
        let segments = try folder.segmentIndexes()
        let isNew = note == nil && segments.isEmpty
        let keys = try LogKeys.open(folder, origin: origin.origin, isNew: isNew, calls: calls)
        let checkpoint = try note?.checkpoint(of: origin.origin, signedBy: keys.signingKey.verifierKey)
        let (state, report) = try LogRecovery.recover(
            folder,
            logID: origin.logID,
            checkpoint: checkpoint,
            calls: calls
        )
        let segment = try LogError.wrapping { () throws(FileFault) in
            if let end = state.segment {
                return try SegmentFile.open(
                    folder,
                    firstIndex: end.firstIndex,
                    offset: end.offset,
                    bytesMax: options.segmentBytesMax,
                    calls: calls
                )
            }
            let header = SegmentHeader(logID: origin.logID, firstIndex: state.frontier.size)
            return try SegmentFile.create(folder, header: header, bytesMax: options.segmentBytesMax, calls: calls)
        }
        self.folder = folder
        self.options = options
        self.lock = lock
        logID = origin.logID
        self.origin = origin.origin
        signingKey = keys.signingKey
        verifierKey = keys.signingKey.verifierKey
        saltSecret = keys.saltSecret
        recovery = report
        signedSize = checkpoint?.size ?? 0
        queue = RecordQueue(capacityBytes: options.queueBytesMax)
        objects = ObjectStore(folder: folder, calls: calls)
        progress = LogProgress(durableIndex: state.frontier.size, anchorBlob: report.anchorBlob ?? [])
        stage = Mutex(.opened(segment, state.frontier))
    }

    /// Starts the writer; it can be called once.
    package func start(_ handlers: Handlers) {
        let finished = DispatchSemaphore(value: 0)
        let opened = stage.withLock { stage -> (SegmentFile, MerkleFrontier)? in
            guard case .opened(let segment, let frontier) = stage else { return nil }
            stage = .started(finished: finished)
            return (segment, frontier)
        }
        guard let (segment, frontier) = opened else {
            preconditionFailure("a log is started once, before it is closed")
        }
        let feed = handlers.onEntries.map { onEntries in
            EntryFeed(
                reader: LogReader(
                    folder: folder, logID: logID, from: handlers.entriesFrom, readBytes: EntryFeed.pieceBytes),
                progress: progress,
                onEntries: onEntries,
                onTrouble: handlers.onTrouble
            )
        }
        let checkpoints = CheckpointWriter(
            folder: folder,
            origin: LogOrigin(origin: origin, logID: logID),
            key: signingKey,
            signedSize: signedSize,
            calls: options.calls,
            onTrouble: handlers.onTrouble
        )
        let writer = LogWriter(
            folder: folder,
            logID: logID,
            options: options,
            handlers: handlers,
            queue: queue,
            progress: progress,
            checkpoints: checkpoints,
            feed: feed,
            segment: segment,
            frontier: frontier
        )
        // The block keeps this queue's thread until the log is closed, and the lock even if the log is let go of.
        DispatchQueue(label: "concordat.log.writer", qos: .userInitiated).async { [lock] in
            withExtendedLifetime(lock) { writer.run() }
            finished.signal()
        }
    }

    /// Every accepted entry with this sequence number or a lower one is on disk, but for those reported lost.
    package var durableSequence: UInt64 { progress.durableSequence.load(ordering: .acquiring) }

    /// How many entries of the log are on disk.
    package var durableIndex: UInt64 { progress.durableIndex.load(ordering: .acquiring) }

    /// Whether the log can be written at present.
    package var isAvailable: Bool { progress.isAvailable.load(ordering: .acquiring) }

    /// Keeps some bytes with the next anchor; they come back as `recovery.anchorBlob`, or nil when it is of no use.
    ///
    /// - Parameter blob: at most 64 KiB.
    package func setAnchorBlob(_ blob: [UInt8]) {
        precondition(blob.count <= LogAnchor.blobBytesMax, "a blob has at most \(LogAnchor.blobBytesMax) bytes")
        progress.anchorBlob.withLock { $0 = blob }
    }

    /// Reads entries from an index on.
    ///
    /// Pass `durableIndex` to its `next(upTo:)` to see durable ones only.
    package func reader(from index: UInt64) -> LogReader {
        LogReader(folder: folder, logID: logID, from: index)
    }

    /// Refuses further entries, writes those that wait, signs the closing checkpoint and gives the folder free.
    ///
    /// It returns when that is done. A second time does nothing.
    package func close() {
        queue.close()
        let before = stage.withLock { stage in
            let before = stage
            stage = .closed
            return before
        }
        switch before {
        case .opened(let segment, _): segment.close(calls: options.calls)
        case .started(let finished): finished.wait()
        case .closed: return
        }
        lock.release()
    }
}
