// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Synchronization

/// What the requests of one limited key use, over all event loops.
///
/// A request sets aside at its admission what it may use, all of it or nothing; at its end it counts what it used and
/// gives back the rest. The lock is held for some additions, and only requests of keys with limits take it.
package final class KeyAccount: Sendable {
    fileprivate struct State {
        var requests = RateWindow()
        var tokens = RateWindow()
        var inFlight: Int64 = 0
        var reservedTokens: Int64 = 0
        var currency: Currency?
        var balance: BudgetBalance?
        /// Whether every request has been counted since the balance began.
        var isWhole = false
    }

    /// What became of a demand.
    package enum Outcome: Sendable {
        case reserved(KeyReservation, RateStanding)
        case refused(KeyShortfall, RateStanding)
    }

    private let state = Mutex(State())

    package init() {}

    /// Sets aside what a request may use.
    ///
    /// - Parameters:
    ///   - demand: what it may use at most.
    ///   - limits: the key's limits as they hold now.
    /// - Returns: what was set aside, to be settled once; or the first limit under which it does not fit.
    package func reserve(_ demand: KeyDemand, under limits: KeyLimits) -> Outcome {
        state.withLock { state in
            state.advance(to: demand)
            let shortfall = state.shortfall(of: demand, under: limits)
            if shortfall == nil { state.take(demand, under: limits) }
            let standing = state.standing(under: limits, at: demand.milliseconds)
            if let shortfall { return .refused(shortfall, standing) }
            let reservation = KeyReservation(
                account: self, second: state.tokens.present, tokens: limits.tokensPerMinute == nil ? 0 : demand.tokens,
                cost: limits.budget == nil ? 0 : demand.cost, currency: limits.budget?.amount.currency)
            return .reserved(reservation, standing)
        }
    }

    /// Counts what a request used; called once for each reservation, by the reservation.
    func settle(
        _ reservation: KeyReservation, tokens: Int64, cost: Int128, at: Instant?, milliseconds: Int64?
    ) {
        state.withLock { state in
            state.inFlight -= 1
            if let milliseconds {
                state.requests.advance(to: milliseconds)
                state.tokens.advance(to: milliseconds)
            }
            if reservation.tokens > 0 {
                state.reservedTokens -= reservation.tokens
                if tokens < reservation.tokens {
                    state.tokens.giveBack(reservation.tokens - tokens, of: reservation.second)
                } else if tokens > reservation.tokens {
                    state.tokens.add(tokens - reservation.tokens)
                }
            }
            if let at { state.balance?.advance(to: at) }
            // The budget may have got another currency meanwhile, in which this request can't be counted.
            let isSame = reservation.currency == state.currency
            state.balance?.settle(reserved: reservation.cost, spent: isSame ? cost : 0)
        }
    }

    /// Whether money is counted in a currency.
    package func counts(_ currency: Currency) -> Bool {
        state.withLock { $0.isWhole && $0.currency == currency }
    }

    /// Begins to count money, from what the ledger says was spent.
    package func begin(_ balance: BudgetBalance, in currency: Currency) {
        state.withLock { state in
            // Requests in flight have set aside an amount of the earlier balance and give it back to this one.
            var balance = balance
            if let earlier = state.balance { balance.reserve(earlier.reserved) }
            state.balance = balance
            state.currency = currency
            state.isWhole = true
        }
    }

    /// Counts no money for a while: the key has no budget.
    func pauseMoney() {
        state.withLock { $0.isWhole = false }
    }

    /// What was spent and set aside; `nil` where no money is counted.
    package func balance(at: Instant) -> BudgetBalance? {
        state.withLock { state in
            state.balance?.advance(to: at)
            return state.balance
        }
    }

    /// Requests in flight, and the tokens set aside for them.
    package var inUse: (requests: Int64, tokens: Int64) {
        state.withLock { ($0.inFlight, $0.reservedTokens) }
    }
}

extension KeyAccount.State {
    fileprivate mutating func advance(to demand: KeyDemand) {
        requests.advance(to: demand.milliseconds)
        tokens.advance(to: demand.milliseconds)
        balance?.advance(to: demand.at)
    }

    fileprivate func shortfall(of demand: KeyDemand, under limits: KeyLimits) -> KeyShortfall? {
        if let limit = limits.concurrentMax, inFlight >= limit { return .concurrent(limit: limit) }
        let now = demand.milliseconds
        if let limit = limits.requestsPerMinute {
            let wait = requests.wait(for: 1, under: limit, at: now) ?? 1_000
            if wait > 0 { return .requests(limit: limit, retryAfterMilliseconds: wait) }
        }
        if let limit = limits.tokensPerMinute {
            guard let wait = tokens.wait(for: demand.tokens, under: limit, at: now) else {
                return .tooManyTokens(limit: limit, demanded: demand.tokens)
            }
            if wait > 0 { return .tokens(limit: limit, demanded: demand.tokens, retryAfterMilliseconds: wait) }
        }
        if let budget = limits.budget {
            let used = balance.map { $0.spent(in: budget.period) + $0.reserved } ?? 0
            if used + demand.cost > budget.amount.femtoUnits || used >= budget.amount.femtoUnits {
                return .budget(budget)
            }
        }
        return nil
    }

    fileprivate mutating func take(_ demand: KeyDemand, under limits: KeyLimits) {
        inFlight += 1
        if limits.requestsPerMinute != nil { requests.add(1) }
        if limits.tokensPerMinute != nil {
            tokens.add(demand.tokens)
            reservedTokens += demand.tokens
        }
        if let budget = limits.budget {
            if balance == nil {
                balance = BudgetBalance(at: demand.at)
                currency = budget.amount.currency
            }
            balance?.reserve(demand.cost)
        }
    }

    fileprivate func standing(under limits: KeyLimits, at milliseconds: Int64) -> RateStanding {
        RateStanding(
            requests: limits.requestsPerMinute.map { .init(limit: $0, window: requests, at: milliseconds) },
            tokens: limits.tokensPerMinute.map { .init(limit: $0, window: tokens, at: milliseconds) })
    }
}
