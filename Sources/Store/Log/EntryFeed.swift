// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Ledger
internal import Synchronization

/// Hands durable entries to the owner of the derived tables, on a queue of its own.
///
/// It reads them back from the files (they are in the page cache), so a slow consumer costs no memory, never slows
/// the writer, and catches up in the same way after a restart.
///
/// `@unchecked Sendable`: its one mutable part, `reader`, is touched on `queue` only.
final class EntryFeed: @unchecked Sendable {
    /// How long entries gather before they are handed over together: tables are written in few, larger transactions.
    private static let gatheringMilliseconds = 100
    /// How much of the log is handed over at once at most, in bytes: each piece is one transaction, and one sync.
    static let pieceBytes = 1 << 20

    private var reader: LogReader
    private let progress: LogProgress
    private let onEntries: @Sendable (EntryBatch) -> Void
    private let onTrouble: @Sendable (LogError) -> Void
    private let queue = DispatchQueue(label: "concordat.log.entries")
    private let isScheduled = Atomic<Bool>(false)

    init(
        reader: consuming LogReader,
        progress: LogProgress,
        onEntries: @escaping @Sendable (EntryBatch) -> Void,
        onTrouble: @escaping @Sendable (LogError) -> Void
    ) {
        self.reader = reader
        self.progress = progress
        self.onEntries = onEntries
        self.onTrouble = onTrouble
    }

    /// Tells that more entries are durable; cheap when the consumer is behind anyway.
    func notify() {
        guard !isScheduled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.gatheringMilliseconds)) { [self] in
            isScheduled.store(false, ordering: .releasing)
            drain()
        }
    }

    /// Hands over all that is durable before it returns.
    func finish() {
        queue.sync { drain() }
    }

    private func drain() {
        // What becomes durable meanwhile gathers for the next time; a look at it here would never see a busy log's end,
        // and would hand it over in crumbs.
        let end = progress.durableIndex.load(ordering: .acquiring)
        do throws(LogError) {
            while let batch = try reader.next(upTo: end) { onEntries(batch) }
        } catch {
            onTrouble(error)
        }
    }
}
