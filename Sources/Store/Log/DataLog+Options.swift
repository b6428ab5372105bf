// SPDX-License-Identifier: Apache-2.0

internal import Ledger

extension DataLog {
    /// How a log is kept.
    package struct Options: Sendable {
        /// When an entry counts as written.
        package var durability: Durability
        /// The wall clock in nanoseconds since 1970; only the times of a `LogLoss` are taken from it.
        package var clock: @Sendable () -> Int64
        /// The origin that a new log gets, and the name of its key; nil for `concordat/<log identity>`.
        ///
        /// Fixed when the log is born.
        package var origin: String?
        /// At most so many bytes of entries wait to be written.
        package var queueBytesMax = 64 << 20
        /// Checkpoints are signed at most this often.
        package var checkpointIntervalMilliseconds = 1_000
        /// Anchors are written at most this often.
        package var anchorIntervalMilliseconds = 10_000
        /// How long after a failed write the next is tried.
        package var retryMilliseconds = 1_000
        /// A segment file gets no longer than this; at least one whole record fits.
        package var segmentBytesMax = SegmentHeader.segmentBytesMax
        /// The system calls.
        package var calls: any FileCalls = SystemFileCalls()

        /// Options with the limits of the house.
        package init(
            durability: Durability = .strict,
            origin: String? = nil,
            clock: @escaping @Sendable () -> Int64
        ) {
            self.durability = durability
            self.origin = origin
            self.clock = clock
        }
    }
}
