// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Synchronization
import Testing

@Suite("A key's account")
struct KeyAccountTests {
    @Test(
        "P31: whatever the order of admissions, ends, leaks and refusals, nothing overshoots and nothing stays behind",
        arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func interleavings(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let account = KeyAccount()
        let limits = KeyLimits(
            requestsPerMinute: 40, tokensPerMinute: 2_000, concurrentMax: 7, budget: KeyBudget(text: "1000 USD/month"))
        let budget = try #require(limits.budget).amount.femtoUnits
        var now: Int64 = 1_000_000
        var open: [(reservation: KeyReservation, demand: KeyDemand)] = []
        var spent: Int128 = 0
        var refusals = 0
        account.begin(BudgetBalance(at: Self.instant(now)), in: try #require(Currency(code: "USD")))
        for _ in 0..<3_000 {
            now += Int64.random(in: 0...2_000, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let demand = KeyDemand(
                    tokens: Int64.random(in: 0...400, using: &random),
                    cost: Int128(Int64.random(in: 0...4, using: &random)) * 1_000_000_000_000_000, milliseconds: now,
                    at: Self.instant(now))
                switch account.reserve(demand, under: limits) {
                case .reserved(let reservation, let standing):
                    open.append((reservation, demand))
                    #expect(try #require(standing.requests).remaining >= 0)
                    #expect(try #require(standing.tokens).remaining >= 0)
                case .refused: refusals += 1
                }
            case 5..<8:
                guard !open.isEmpty else { continue }
                let ended = open.remove(at: Int.random(in: 0..<open.count, using: &random))
                // A provider's usage is at most what was reckoned with.
                let cost = ended.demand.cost / Int128(Int64.random(in: 1...3, using: &random))
                spent += cost
                for _ in 0..<Int.random(in: 1...2, using: &random) {
                    ended.reservation.settle(
                        tokens: Int64.random(in: 0...ended.demand.tokens, using: &random), cost: cost,
                        at: Self.instant(now), milliseconds: now)
                }
            default:
                // Somebody forgets a request.
                if !open.isEmpty { open.remove(at: Int.random(in: 0..<open.count, using: &random)) }
            }
            let balance = try #require(account.balance(at: Self.instant(now)))
            #expect(Int(account.inUse.requests) == open.count)
            #expect(open.count <= 7)
            #expect(account.inUse.tokens == open.reduce(0) { $0 + $1.demand.tokens })
            #expect(balance.spentThisMonth == spent)
            #expect(balance.reserved == open.reduce(0) { $0 + $1.demand.cost })
            #expect(balance.spentThisMonth + balance.reserved <= budget)
        }
        #expect(refusals > 0)
        open = []
        #expect(account.inUse.requests == 0)
        #expect(account.inUse.tokens == 0)
        #expect(account.balance(at: Self.instant(now))?.reserved == 0)
    }

    @Test("P31: many threads at once let in exactly what the limit holds, and leave nothing behind")
    func threads() async {
        let account = KeyAccount()
        let limits = KeyLimits(tokensPerMinute: 1_000, concurrentMax: 50)
        let counts = Counts()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<2_000 {
                        let demand = KeyDemand(tokens: 10, cost: 0, milliseconds: 5_000, at: Self.instant(5_000))
                        guard case .reserved(let held, _) = account.reserve(demand, under: limits) else { continue }
                        counts.most.max(Int(account.inUse.requests), ordering: .relaxed)
                        counts.served.add(1, ordering: .relaxed)
                        held.settle(tokens: 10, cost: 0, at: Self.instant(5_000), milliseconds: 5_000)
                    }
                }
            }
        }
        // All in one second: a hundred times ten tokens, and not one more.
        #expect(counts.served.load(ordering: .relaxed) == 100)
        #expect(counts.most.load(ordering: .relaxed) <= 50)
        #expect(account.inUse.requests == 0)
        #expect(account.inUse.tokens == 0)
    }

    @Test("names the limit that a request does not fit under, and lets it in after the stated time")
    func shortfalls() throws {
        let account = KeyAccount()
        let limits = KeyLimits(requestsPerMinute: 1)
        func demand(_ milliseconds: Int64, tokens: Int64 = 1) -> KeyDemand {
            KeyDemand(tokens: tokens, cost: 0, milliseconds: milliseconds, at: Self.instant(milliseconds))
        }
        guard case .reserved(let first, _) = account.reserve(demand(10_500), under: limits) else {
            Issue.record("the first request was refused")
            return
        }
        first.settle(tokens: 1, cost: 0, at: Self.instant(10_600), milliseconds: 10_600)
        guard case .refused(.requests(1, let wait), let standing) = account.reserve(demand(11_000), under: limits)
        else {
            Issue.record("the second request was let in")
            return
        }
        #expect(wait == 60_000)
        #expect(standing.requests?.remaining == 0)
        guard case .reserved = account.reserve(demand(11_000 + wait), under: limits) else {
            Issue.record("the request was refused after the stated time")
            return
        }
        let other = KeyAccount().reserve(demand(1_000, tokens: 11), under: KeyLimits(tokensPerMinute: 10))
        guard case .refused(.tooManyTokens(10, 11), _) = other else {
            Issue.record("a request that never fits was told to wait")
            return
        }
    }

    @Test("a budget begins anew with its period in UTC, and what is set aside stays")
    func periods() throws {
        let lastOfJanuary = try #require(Instant(rfc3339: "2026-01-31T23:59:59Z"))
        var balance = BudgetBalance(at: lastOfJanuary, spentToday: 5, spentThisMonth: 50)
        balance.reserve(7)
        balance.advance(to: try #require(Instant(rfc3339: "2026-02-01T00:00:00Z")))
        #expect(balance.spentToday == 0)
        #expect(balance.spentThisMonth == 0)
        #expect(balance.reserved == 7)
        balance.settle(reserved: 7, spent: 3)
        #expect(balance.spent(in: .day) == 3)
        balance.advance(to: try #require(Instant(rfc3339: "2026-02-02T00:00:00Z")))
        #expect(balance.spent(in: .day) == 0)
        #expect(balance.spent(in: .month) == 3)
        // A clock that is behind changes nothing.
        balance.advance(to: lastOfJanuary)
        #expect(balance.spent(in: .month) == 3)
        let next = CivilDate(daysSinceEpoch: BudgetBalance.firstDay(after: .month, of: lastOfJanuary))
        #expect(next.description == "2026-02-01")
    }

    private static func instant(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: 1_790_000_000_000_000_000).advanced(byMilliseconds: milliseconds)
    }
}

/// What many threads count together.
private final class Counts: Sendable {
    let most = Atomic<Int>(0)
    let served = Atomic<Int>(0)
}
