// SPDX-License-Identifier: Apache-2.0

/// The gateway's way to the ledger: finished entries go in, word of what is on disk comes back.
///
/// The gateway knows no store; whoever composes the process gives it these functions.
package final class LedgerPort: Sendable {
    /// What became of an entry that was handed over.
    package enum Outcome: Sendable, Equatable {
        /// It will be on disk once the ledger says so for this number.
        case accepted(UInt64)
        /// The queue is full; the request must be refused.
        case full
        /// The ledger can't be written at present.
        case unavailable
    }

    /// Whether answers wait until their decision is on disk.
    package let isStrict: Bool
    /// Hands over an entry; never blocks.
    package let append: @Sendable (Span<UInt8>) -> Outcome
    /// Hands over an entry for which nobody waits, which may come to disk with the next one.
    package let appendLater: @Sendable (Span<UInt8>) -> Outcome
    /// Hands over entries that belong together, all or none; the number is the last one's.
    package let appendAll: @Sendable ([[UInt8]]) -> Outcome
    /// Whether so much waits for the disk that no further request should be let in, only begun ones ended.
    package let isCrowded: @Sendable () -> Bool
    /// Stores an object of which the ledger will hold the hash; may return before it is on disk.
    package let storeObject: @Sendable (_ bytes: [UInt8]) -> Void
    /// Whether the ledger can be written at present.
    package let isAvailable: @Sendable () -> Bool
    /// Every entry up to this number is on disk or was reported lost.
    package let durableSequence: @Sendable () -> UInt64
    /// Counts a request that is served without a record, for the gap entry.
    package let countUnrecorded: @Sendable (_ promptTokens: UInt64, _ completionTokens: UInt64) -> Void

    package init(
        isStrict: Bool,
        append: @escaping @Sendable (Span<UInt8>) -> Outcome,
        appendLater: @escaping @Sendable (Span<UInt8>) -> Outcome,
        appendAll: @escaping @Sendable ([[UInt8]]) -> Outcome,
        isCrowded: @escaping @Sendable () -> Bool,
        storeObject: @escaping @Sendable (_ bytes: [UInt8]) -> Void,
        isAvailable: @escaping @Sendable () -> Bool,
        durableSequence: @escaping @Sendable () -> UInt64,
        countUnrecorded: @escaping @Sendable (_ promptTokens: UInt64, _ completionTokens: UInt64) -> Void
    ) {
        self.isStrict = isStrict
        self.append = append
        self.appendLater = appendLater
        self.appendAll = appendAll
        self.isCrowded = isCrowded
        self.storeObject = storeObject
        self.isAvailable = isAvailable
        self.durableSequence = durableSequence
        self.countUnrecorded = countUnrecorded
    }
}
