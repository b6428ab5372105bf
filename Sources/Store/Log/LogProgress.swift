// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How far the writer is, for every thread to read.
final class LogProgress: Sendable {
    /// Every entry with this sequence number or a lower one is on disk or was reported lost.
    let durableSequence = Atomic<UInt64>(0)
    /// How many entries of the log are on disk: the index of the first that is not.
    let durableIndex: Atomic<UInt64>
    /// Whether the log can be written.
    let isAvailable = Atomic<Bool>(true)
    /// What the owner wants kept with the next anchor.
    let anchorBlob: Mutex<[UInt8]>

    init(durableIndex: UInt64, anchorBlob: [UInt8]) {
        self.durableIndex = Atomic(durableIndex)
        self.anchorBlob = Mutex(anchorBlob)
    }
}
