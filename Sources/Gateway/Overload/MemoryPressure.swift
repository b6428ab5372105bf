// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How close the process is to its memory ceiling; noted by one thread, read by all event loops.
package final class MemoryPressure: Sendable {
    /// The levels, in order.
    package enum Level: UInt8, Sendable, Comparable {
        /// Everything is let in.
        case normal = 0
        /// Requests with bodies are refused, and idle connections are closed.
        case high = 1
        /// Large bodies that are being read are refused too.
        case critical = 2

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// From which part of the ceiling a level begins, in percent, and below which it ends: so it does not flicker.
    static let percents: [(level: Level, begins: Int, ends: Int)] = [(.critical, 97, 92), (.high, 90, 85)]

    private let current = Atomic<UInt8>(0)
    private let resident = Atomic<Int>(0)

    package init() {}

    /// The level that holds now.
    package var level: Level { Level(rawValue: current.load(ordering: .relaxed)) ?? .normal }
    /// The memory that the process had when it was last looked at, in bytes.
    package var residentBytes: Int { resident.load(ordering: .relaxed) }

    /// Takes down how much memory the process has.
    ///
    /// - Parameters:
    ///   - bytes: the resident memory.
    ///   - ceiling: how much it may have.
    /// - Returns: the level from now on.
    @discardableResult
    package func note(residentBytes bytes: Int, ceiling: Int) -> Level {
        resident.store(bytes, ordering: .relaxed)
        let before = level
        var next = Level.normal
        for (level, begins, ends) in Self.percents {
            let percent = before >= level ? ends : begins
            if Double(bytes) * 100 >= Double(ceiling) * Double(percent) {
                next = level
                break
            }
        }
        current.store(next.rawValue, ordering: .relaxed)
        return next
    }
}
