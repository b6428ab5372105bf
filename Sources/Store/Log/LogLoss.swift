// SPDX-License-Identifier: Apache-2.0

/// A time in which the log could not be written: what its owner writes the `gap` entry from.
package struct LogLoss: Hashable, Sendable {
    /// When writing failed, in nanoseconds since 1970 by the owner's clock.
    package let from: Int64
    /// When writing went on, in nanoseconds since 1970 by the owner's clock.
    package let to: Int64
    /// The system's refusal that began it.
    package let cause: FileFault
    /// How many entries had been accepted and were lost.
    package let lostEntries: UInt64
    /// How many appends were refused while it lasted.
    package let refusedAppends: UInt64
}
