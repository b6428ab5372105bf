// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Records
internal import Wire

// What the key's limits let through, and what its account is told at the end.
extension Exchange {
    /// The completion tokens that are reckoned with where the client sets no bound.
    static let completionTokensAssumed: Int64 = 4_096
    /// More than this is not reckoned with, whatever the client writes.
    static let tokensReckonedMax: Int64 = 1_000_000_000

    /// Sets aside what the request may use; false where it was refused.
    func passesLimits() -> Bool {
        let limits = keyState.key.limits
        guard limits.allows(model: scan.model) else {
            refuse(.modelNotAllowed(scan.model), reason: "model-not-allowed", clauses: [])
            return false
        }
        guard let account = keyState.account else { return true }
        let tokens = demandedTokens
        var cost: Int128 = 0
        if let budget = limits.budget, !table.candidates(ofModel: scan.model).isEmpty {
            guard let price = loop.targets.prices.ceiling(ofModel: scan.model, in: budget.amount.currency) else {
                refuse(.unpriced(budget.amount.currency), reason: "unpriced", clauses: [])
                return false
            }
            cost = price.cost(prompt: UInt64(tokens.prompt), cached: 0, completion: UInt64(tokens.completion))
        }
        let demand = KeyDemand(
            tokens: tokens.prompt + tokens.completion, cost: cost, milliseconds: Self.milliseconds(started), at: at)
        switch account.reserve(demand, under: limits) {
        case .reserved(let reservation, let standing):
            self.reservation = reservation
            rateStanding = standing
            return true
        case .refused(let shortfall, let standing):
            rateStanding = standing
            refuse(ErrorAnswer(shortfall, at: at), reason: shortfall.reason, clauses: [])
            return false
        }
    }

    /// Tells the account what was used; the first call counts.
    func settleReservation(_ usage: Records.TokenUsage, at ended: Instant) {
        guard let reservation else { return }
        self.reservation = nil
        var cost: Int128 = 0
        if let currency = keyState.key.limits.budget?.amount.currency, let deployment = lastAttempt?.deployment {
            let price = loop.targets.prices.price(
                ofDeployment: deployment.id, model: deployment.model, in: currency)
            cost = price?.cost(prompt: usage.prompt, cached: usage.cached, completion: usage.completion) ?? 0
        }
        reservation.settle(
            tokens: Int64(clamping: usage.prompt) + Int64(clamping: usage.completion), cost: cost, at: ended,
            milliseconds: Self.milliseconds(loop.now))
    }

    /// Counts the request out of those in flight, once.
    func countOut() {
        guard isInFlight else { return }
        isInFlight = false
        loop.metrics.requestsInFlight -= 1
    }

    /// The prompt by its size, the completion by the client's own bound, for each choice; embeddings complete nothing.
    private var demandedTokens: (prompt: Int64, completion: Int64) {
        guard scan.operation != .embeddings else { return (Int64(promptTokensEstimate), 0) }
        let bound = scan.outputTokensMax.map { Int64(clamping: $0) } ?? Self.completionTokensAssumed
        // Each step is bounded, so that no product overflows.
        var completion = min(max(0, bound), Self.tokensReckonedMax)
        for count in [scan.n ?? 1, scan.promptCount] {
            let (product, overflow) = completion.multipliedReportingOverflow(by: Int64(clamping: max(1, count)))
            completion = overflow ? Self.tokensReckonedMax : min(product, Self.tokensReckonedMax)
        }
        return (Int64(promptTokensEstimate), completion)
    }

    private static func milliseconds(_ deadline: NIODeadline) -> Int64 {
        Int64(clamping: deadline.uptimeNanoseconds / 1_000_000)
    }
}

extension KeyShortfall {
    /// The reason that the ledger holds.
    fileprivate var reason: String {
        if case .budget = self { "budget" } else { "rate-limited" }
    }
}
