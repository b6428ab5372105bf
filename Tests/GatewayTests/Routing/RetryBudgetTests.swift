// SPDX-License-Identifier: Apache-2.0

import Gateway
import NIOCore
import Testing

@Suite("A retry budget")
struct RetryBudgetTests {
    /// How many of so many requests get a retry each, at a rate, where all ask for one.
    private func retries(
        _ requests: Int, perSecond: Int64, _ limits: RoutingLimits = RoutingLimits(), loops: Int = 1
    ) -> Int {
        var budget = RetryBudget(loops: loops)
        var given = 0
        for number in 0..<Int64(requests) {
            budget.admit(limits)
            let now = NIODeadline.uptimeNanoseconds(UInt64(5_000_000_000 + number * 1_000_000_000 / perSecond))
            if budget.take(limits, now: now) { given += 1 }
        }
        return given
    }

    @Test("gives a tenth of the requests a retry, however many there are", arguments: [50, 1_000, 100_000] as [Int64])
    func tenth(perSecond: Int64) {
        let given = retries(10_000, perSecond: perSecond)
        #expect((999...1_002).contains(given))
    }

    @Test("gives one a second where there are few requests")
    func minimum() {
        #expect((59...66).contains(retries(120, perSecond: 2)))
        let none = RoutingLimits.with {
            $0.retriesPerSecondMin = 0
            $0.retryPercent = 0
        }
        #expect(retries(120, perSecond: 2, none) == 0)
    }

    @Test("shares the minimum among the event loops")
    func loops() {
        #expect((14...18).contains(retries(600, perSecond: 10, .with { $0.retryPercent = 0 }, loops: 4)))
    }

    @Test("saves up so many and no more")
    func burst() {
        var budget = RetryBudget()
        let limits = RoutingLimits.with { $0.retriesPerSecondMin = 0 }
        for _ in 0..<1_000_000 { budget.admit(limits) }
        let now = NIODeadline.uptimeNanoseconds(1)
        var given = 0
        for _ in 0..<1_000 where budget.take(limits, now: now) { given += 1 }
        #expect(given == 100)
    }
}

extension RoutingLimits {
    /// The defaults with changes.
    static func with(_ change: (inout RoutingLimits) -> Void) -> RoutingLimits {
        var limits = RoutingLimits()
        change(&limits)
        return limits
    }
}
