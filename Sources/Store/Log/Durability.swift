// SPDX-License-Identifier: Apache-2.0

/// When an entry counts as written.
package enum Durability: Hashable, Sendable {
    /// Each group of entries is on disk before it is reported durable.
    ///
    /// A group is written at once, unless one that requests shared began less than ``strictGroupMicroseconds`` ago: under
    /// load they share a sync instead of paying one each. Entries for which nobody waits gather as long.
    case strict
    /// Groups are written and synced at most every 50 ms; a crash loses what came in since.
    case relaxed

    /// The shortest time between the beginnings of two groups in `strict`.
    package static let strictGroupMicroseconds = 1_000
    /// Up to how many entries a group has that no requests share: the end of one and the decision of the next.
    package static let strictUnsharedEntriesMax: UInt64 = 2
    /// The shortest time between two groups in `relaxed`.
    package static let relaxedGroupMilliseconds = 50
}
