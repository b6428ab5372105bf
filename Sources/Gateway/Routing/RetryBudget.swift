// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// One event loop's share of the retries that a process may make, so that a failure of everything brings no storm.
///
/// Each request admitted earns a part of a retry, up to a limit. However few requests there are, some retries a
/// second are given; they are lent, so that under an ordinary load they come out of what is earned.
package struct RetryBudget: Sendable {
    /// A whole retry, in the parts that are counted.
    private static let retry = 1_000

    /// How many retries may be owed at most.
    private static let owedMax = 32

    private let loops: Int
    private var saved = 0
    private var windowStart = NIODeadline.uptimeNanoseconds(0)
    private var lentInWindow = 0

    /// An empty budget.
    ///
    /// - Parameter loops: how many event loops share what the process may make.
    package init(loops: Int = 1) {
        self.loops = max(1, loops)
    }

    /// Earns what one admitted request is worth.
    package mutating func admit(_ limits: RoutingLimits) {
        let earned = limits.retryPercent * Self.retry / 100
        saved = min(saved + earned, max(Self.retry, limits.retryBurstMax * Self.retry / loops))
    }

    /// Takes down a retry that is made whatever the budget says, so that those to come make up for it.
    package mutating func owe() {
        saved = max(saved - Self.retry, -Self.owedMax * Self.retry)
    }

    /// Spends one retry.
    ///
    /// - Parameters:
    ///   - limits: what holds now.
    ///   - now: the present.
    /// - Returns: whether there was one.
    package mutating func take(_ limits: RoutingLimits, now: NIODeadline) -> Bool {
        if saved >= Self.retry {
            saved -= Self.retry
            return true
        }
        // As many loops share the minimum as there are, so each has it once in as many seconds.
        if now - windowStart >= .seconds(Int64(loops)) { (windowStart, lentInWindow) = (now, 0) }
        guard lentInWindow < limits.retriesPerSecondMin else { return false }
        lentInWindow += 1
        saved = max(saved - Self.retry, min(saved, -limits.retriesPerSecondMin * Self.retry))
        return true
    }
}
