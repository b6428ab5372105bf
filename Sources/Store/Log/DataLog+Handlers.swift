// SPDX-License-Identifier: Apache-2.0

extension DataLog {
    /// What a log tells its owner.
    package struct Handlers: Sendable {
        /// Every entry with this sequence number or a lower one is durable, but for those reported lost before.
        ///
        /// Called on the writer thread: return quickly.
        package var onDurable: @Sendable (UInt64) -> Void
        /// These accepted entries are not in the log and will not be.
        ///
        /// Called on the writer thread, before any later `onDurable`.
        package var onLost: @Sendable (ClosedRange<UInt64>) -> Void
        /// The log can't be written any more (false), or again (true).
        ///
        /// Called on the writer thread.
        package var onAvailability: @Sendable (Bool) -> Void
        /// The bytes of the gap entry, which is written before the log takes other entries again.
        ///
        /// 1 to 16,384 bytes. Called on the writer thread.
        package var gapEntry: @Sendable (LogLoss) -> [UInt8]
        /// Trouble that people should read of: a failed write, a checkpoint that could not be stored.
        ///
        /// Called on threads of the log.
        package var onTrouble: @Sendable (LogError) -> Void
        /// Durable entries in order, gap entries included, each once; nil when nobody wants them.
        ///
        /// Called on a queue of its own, and may take its time.
        package var onEntries: (@Sendable (EntryBatch) -> Void)?
        /// The first entry that `onEntries` is to get: where the derived tables end.
        package var entriesFrom: UInt64

        /// The handlers of a log's owner.
        package init(
            onDurable: @escaping @Sendable (UInt64) -> Void,
            onLost: @escaping @Sendable (ClosedRange<UInt64>) -> Void,
            onAvailability: @escaping @Sendable (Bool) -> Void,
            gapEntry: @escaping @Sendable (LogLoss) -> [UInt8],
            onTrouble: @escaping @Sendable (LogError) -> Void,
            onEntries: (@Sendable (EntryBatch) -> Void)? = nil,
            entriesFrom: UInt64 = 0
        ) {
            self.onDurable = onDurable
            self.onLost = onLost
            self.onAvailability = onAvailability
            self.gapEntry = gapEntry
            self.onTrouble = onTrouble
            self.onEntries = onEntries
            self.entriesFrom = entriesFrom
        }
    }
}
