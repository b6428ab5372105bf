// SPDX-License-Identifier: Apache-2.0

/// When an entry counts as written.
package enum Durability: Hashable, Sendable {
    /// Each group of entries is on disk before it is reported durable, and is written at once.
    case strict
    /// Groups are written and synced at most every 50 ms; a crash loses what came in since.
    case relaxed

    /// The shortest time between two groups in `relaxed`.
    package static let relaxedGroupMilliseconds = 50
}
