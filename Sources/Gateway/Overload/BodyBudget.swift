// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How many bytes of requests' bodies all event loops hold in memory.
///
/// Small bodies are not counted: the limits on connections and requests bound them, and they cost nothing here.
package final class BodyBudget: Sendable {
    /// A body up to this size is not counted.
    package static let uncountedBytesMax = 16_384
    /// How much a body of unknown length claims at a time.
    static let stepBytes = 65_536

    private let claimed = Atomic<Int>(0)

    package init() {}

    /// The bytes that are claimed.
    package var bytes: Int { claimed.load(ordering: .relaxed) }

    /// Claims bytes for a body; `nil` where they don't fit.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - bytesMax: how many all bodies may have.
    /// - Returns: the claim, which ends when it is let go of.
    package func claim(_ count: Int, under bytesMax: Int) -> BodyClaim? {
        add(count, under: bytesMax) ? BodyClaim(budget: self, bytes: count) : nil
    }

    fileprivate func add(_ count: Int, under bytesMax: Int) -> Bool {
        let (_, after) = claimed.wrappingAdd(count, ordering: .relaxed)
        guard after > bytesMax else { return true }
        claimed.wrappingSubtract(count, ordering: .relaxed)
        return false
    }

    fileprivate func giveBack(_ count: Int) {
        claimed.wrappingSubtract(count, ordering: .relaxed)
    }
}

/// What one body takes of the budget, for as long as somebody holds it.
///
/// It lives on one event loop, beside the body.
package final class BodyClaim {
    private let budget: BodyBudget
    package private(set) var bytes: Int

    fileprivate init(budget: BodyBudget, bytes: Int) {
        self.budget = budget
        self.bytes = bytes
    }

    /// Sees to it that so many bytes are claimed; false where they don't fit.
    package func grow(to count: Int, under bytesMax: Int) -> Bool {
        guard count > bytes else { return true }
        let more = max(count - bytes, BodyBudget.stepBytes)
        guard budget.add(more, under: bytesMax) else { return false }
        bytes += more
        return true
    }

    deinit {
        budget.giveBack(bytes)
    }
}
