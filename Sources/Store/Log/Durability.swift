// SPDX-License-Identifier: Apache-2.0

/// When an entry counts as written.
package enum Durability: Hashable, Sendable {
    /// Each group of entries is on disk before it is reported durable.
    ///
    /// A group is written at once, unless the one before began less than ``strictGroupMicroseconds`` ago: under load
    /// requests share a sync instead of paying one each.
    case strict
    /// Groups are written and synced at most every 50 ms; a crash loses what came in since.
    case relaxed

    /// The shortest time between the beginnings of two groups in `strict`.
    package static let strictGroupMicroseconds = 1_000
    /// The shortest time between two groups in `relaxed`.
    package static let relaxedGroupMilliseconds = 50
}
