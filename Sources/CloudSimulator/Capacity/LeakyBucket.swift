// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// One minute's allowance of units (tokens or requests) that drains steadily.
///
/// At a speed of s the allowance stays as it is and drains s times as fast: a minute passes in 60/s seconds.
package struct LeakyBucket: Equatable {
    /// What must hold for a request to be taken in.
    package enum Rule {
        /// There is room for all of it: how quotas and pools count.
        case fits
        /// The bucket is not full yet: how Azure's provisioned throughput counts, so that one request may overshoot.
        case isBelowFull
    }

    // One unit is this much of `level`, so that a rate a minute and a time in microseconds multiply to whole numbers.
    private static let unit: Int64 = 60_000_000

    /// Units a minute of simulated time.
    package private(set) var allowance: Int
    private let speed: Int
    private var level: Int64 = 0
    private var updatedMicroseconds: Int64 = 0

    /// - Parameters:
    ///   - allowance: units a minute of simulated time; 0 takes nothing in.
    ///   - speed: how many simulated seconds pass in one.
    package init(allowance: Int, speed: Int) {
        self.allowance = allowance
        self.speed = speed
    }

    /// Units that there is room for.
    package func room(now: NIODeadline) -> Int {
        max(0, allowance - Int(drained(to: now) / Self.unit))
    }

    /// Microseconds until `units` can be taken in; 0 if they can now, and a simulated minute if they never can.
    package func wait(for units: Int, by rule: Rule, now: NIODeadline) -> Int64 {
        let full = Int64(allowance) * Self.unit
        let minute = 60_000_000 / Int64(speed)
        let excess: Int64
        switch rule {
        case .fits:
            guard units <= allowance else { return minute }
            excess = drained(to: now) + Int64(units) * Self.unit - full
        case .isBelowFull:
            guard allowance > 0 else { return minute }
            excess = drained(to: now) - full + 1
        }
        guard excess > 0 else { return 0 }
        let rate = Int64(allowance) * Int64(speed)
        return (excess + rate - 1) / rate
    }

    /// Microseconds until the bucket is empty.
    package func microsecondsUntilEmpty(now: NIODeadline) -> Int64 {
        guard allowance > 0 else { return 0 }
        return drained(to: now) / (Int64(allowance) * Int64(speed))
    }

    /// Takes `units` in, whether or not there is room.
    package mutating func add(_ units: Int, now: NIODeadline) {
        level = drained(to: now) + Int64(units) * Self.unit
        updatedMicroseconds = max(updatedMicroseconds, Self.microseconds(now))
    }

    /// Gives back units that were taken in and not used.
    package mutating func giveBack(_ units: Int, now: NIODeadline) {
        level = max(0, drained(to: now) - Int64(units) * Self.unit)
        updatedMicroseconds = max(updatedMicroseconds, Self.microseconds(now))
    }

    /// Changes the allowance; what is in the bucket stays in it.
    package mutating func setAllowance(_ allowance: Int, now: NIODeadline) {
        add(0, now: now)
        self.allowance = allowance
    }

    private func drained(to now: NIODeadline) -> Int64 {
        let elapsed = max(0, Self.microseconds(now) - updatedMicroseconds)
        let (drain, overflows) = (Int64(allowance) * Int64(speed)).multipliedReportingOverflow(by: elapsed)
        return overflows ? 0 : max(0, level - drain)
    }

    private static func microseconds(_ instant: NIODeadline) -> Int64 {
        Int64(instant.uptimeNanoseconds / 1_000)
    }
}
