// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Ledger
internal import Synchronization

/// Signs checkpoints and stores them, with anchors, on a queue of its own, so that their syncing does not hold up the
/// entries.
final class CheckpointWriter: Sendable {
    /// The state of the log at one moment.
    struct Snapshot: Sendable {
        let frontier: MerkleFrontier
        let segmentFirstIndex: UInt64
        let segmentOffset: Int
        /// The owner's blob, nil when no anchor is to be written.
        let anchorBlob: [UInt8]?
    }

    private let folder: LogFolder
    private let logID: LogID
    private let origin: String
    private let key: SigningKey
    private let calls: any FileCalls
    private let onTrouble: @Sendable (LogError) -> Void
    private let queue = DispatchQueue(label: "concordat.log.checkpoints")
    private let isBusy = Atomic<Bool>(false)
    private let signedSizeStorage: Atomic<UInt64>

    init(
        folder: LogFolder,
        origin: LogOrigin,
        key: SigningKey,
        signedSize: UInt64,
        calls: any FileCalls,
        onTrouble: @escaping @Sendable (LogError) -> Void
    ) {
        self.folder = folder
        logID = origin.logID
        self.origin = origin.origin
        self.key = key
        self.calls = calls
        self.onTrouble = onTrouble
        signedSizeStorage = Atomic(signedSize)
    }

    /// The size of the latest checkpoint on disk.
    var signedSize: UInt64 { signedSizeStorage.load(ordering: .acquiring) }

    /// Begins to sign and store; does nothing while an earlier one is still being stored.
    func begin(_ snapshot: Snapshot) {
        guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return }
        queue.async { [self] in
            store(snapshot)
            isBusy.store(false, ordering: .releasing)
        }
    }

    /// Signs and stores, after any that was begun.
    func finish(_ snapshot: Snapshot) {
        queue.sync { store(snapshot) }
    }

    private func store(_ snapshot: Snapshot) {
        do throws(LogError) {
            if snapshot.frontier.size > signedSize { try storeCheckpoint(snapshot.frontier) }
            if let blob = snapshot.anchorBlob { try storeAnchor(snapshot, blob: blob) }
        } catch {
            onTrouble(error)
        }
    }

    private func storeCheckpoint(_ frontier: MerkleFrontier) throws(LogError) {
        let checkpoint = Checkpoint(origin: origin, size: frontier.size, root: frontier.root)
        let note: SignedNote
        do throws(CheckpointError) {
            note = try SignedNote(signing: checkpoint.text, with: key)
        } catch {
            throw LogError(.key, error.message)
        }
        try LogError.wrapping { () throws(FileFault) in
            try calls.replace(folder.checkpoint, in: folder.log, with: Array(note.encoded.utf8))
        }
        signedSizeStorage.store(frontier.size, ordering: .releasing)
    }

    private func storeAnchor(_ snapshot: Snapshot, blob: [UInt8]) throws(LogError) {
        let anchor = LogAnchor(
            logID: logID,
            frontier: snapshot.frontier,
            segmentFirstIndex: snapshot.segmentFirstIndex,
            segmentOffset: snapshot.segmentOffset,
            blob: blob
        )
        try LogError.wrapping { () throws(FileFault) in
            try calls.replace(folder.anchor, in: folder.log, with: anchor.encoded)
        }
    }
}
