// SPDX-License-Identifier: Apache-2.0

/// Counts what was used in the last 60 seconds, second by second.
///
/// A sliding window: in no 60 seconds is more let in than the limit, whereas a bucket that fills up again would let in
/// twice as much. The price is that a place comes free up to a second later than it could.
package struct RateWindow: Sendable {
    /// How many seconds are kept: the present one, which has begun, and 60 whole ones.
    static let secondsKept: Int64 = 61

    private var seconds = [Int64](repeating: 0, count: Int(RateWindow.secondsKept))
    /// The present second of the steady clock.
    package private(set) var present: Int64 = 0
    /// What was used in the seconds that are kept.
    package private(set) var used: Int64 = 0

    package init() {}

    /// Goes on to a time of the steady clock, in milliseconds; earlier ones change nothing.
    package mutating func advance(to milliseconds: Int64) {
        let now = milliseconds / 1_000
        guard now > present else { return }
        if now - present >= Self.secondsKept {
            for index in seconds.indices { seconds[index] = 0 }
            used = 0
        } else {
            for second in (present + 1)...now {
                used -= seconds[Int(second % Self.secondsKept)]
                seconds[Int(second % Self.secondsKept)] = 0
            }
        }
        present = now
    }

    /// Counts something in the present second.
    package mutating func add(_ amount: Int64) {
        seconds[Int(present % Self.secondsKept)] += amount
        used += amount
    }

    /// Takes back what was counted in a second and not used after all.
    package mutating func giveBack(_ amount: Int64, of second: Int64) {
        guard second > present - Self.secondsKept, second <= present else { return }
        let index = Int(second % Self.secondsKept)
        let taken = min(amount, seconds[index])
        seconds[index] -= taken
        used -= taken
    }

    /// How long until an amount fits under a limit, in milliseconds; 0 where it does, `nil` where it never will.
    package func wait(for amount: Int64, under limit: Int64, at milliseconds: Int64) -> Int64? {
        guard amount <= limit else { return nil }
        var left = used
        if left + amount <= limit { return 0 }
        for second in (present - Self.secondsKept + 1)...present where second >= 0 {
            left -= seconds[Int(second % Self.secondsKept)]
            if left + amount <= limit { return max(1, (second + Self.secondsKept) * 1_000 - milliseconds) }
        }
        return nil
    }

    /// How long until nothing of what was used counts any more, in milliseconds.
    package func reset(at milliseconds: Int64) -> Int64 {
        guard used > 0 else { return 0 }
        var second = present
        while second > present - Self.secondsKept, second >= 0 {
            if seconds[Int(second % Self.secondsKept)] > 0 {
                return max(1, (second + Self.secondsKept) * 1_000 - milliseconds)
            }
            second -= 1
        }
        return 0
    }
}
