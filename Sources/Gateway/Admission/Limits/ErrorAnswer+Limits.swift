// SPDX-License-Identifier: Apache-2.0

internal import Agreement

// Refusals because of a key's limits, in the words of OpenAI's API where it has some.
extension ErrorAnswer {
    /// How long to wait where another request has to end first, in milliseconds.
    private static let concurrentRetryMilliseconds: Int64 = 1_000

    static func modelNotAllowed(_ model: String) -> ErrorAnswer {
        ErrorAnswer(
            status: 403, type: "invalid_request_error", code: "model_not_allowed",
            message: "This key may not use the model; GET /v1/models lists the models that it may use.",
            param: "model", shouldRetry: false)
    }

    static func unpriced(_ currency: Currency) -> ErrorAnswer {
        ErrorAnswer(
            status: 403, type: "invalid_request_error", code: "model_unpriced",
            message: "This key has a budget, and not every deployment of the model has a price in \(currency), so that "
                + "the request can't be counted; ask the operator of this gateway to set `price`.",
            param: "model", shouldRetry: false)
    }

    /// The answer to a request that does not fit under its key's limits.
    init(_ shortfall: KeyShortfall, at: Instant) {
        switch shortfall {
        case .concurrent(let limit):
            self = .rateLimited(
                type: "requests",
                "Rate limit reached: this key may have \(limit) requests in flight at once; "
                    + "try again when one has ended.", after: Self.concurrentRetryMilliseconds)
        case .requests(let limit, let wait):
            self = .rateLimited(
                type: "requests",
                "Rate limit reached: this key may make \(limit) requests per minute (RPM); try again in "
                    + "\(RateStanding.duration(wait)).", after: wait)
        case .tokens(let limit, let demanded, let wait):
            self = .rateLimited(
                type: "tokens",
                "Rate limit reached: this key may use \(limit) tokens per minute (TPM), and this request may use "
                    + "\(demanded); try again in \(RateStanding.duration(wait)).", after: wait)
        case .tooManyTokens(let limit, let demanded):
            self = .rateLimited(
                type: "tokens",
                "Request too large: this key may use \(limit) tokens per minute (TPM), and this request alone may use "
                    + "\(demanded); shorten it or lower max_completion_tokens.", after: nil)
        case .budget(let budget):
            let end = CivilDate(daysSinceEpoch: BudgetBalance.firstDay(after: budget.period, of: at))
            self.init(
                status: 429, type: "insufficient_quota", code: "insufficient_quota",
                message: "This key's budget of \(budget.amount) a \(budget.period.rawValue) does not hold what the "
                    + "request may cost; it is renewed on \(end) at 00:00 UTC.",
                shouldRetry: false)
        }
    }

    private static func rateLimited(type: String, _ message: String, after milliseconds: Int64?) -> ErrorAnswer {
        ErrorAnswer(
            status: 429, type: type, code: "rate_limit_exceeded", message: message,
            retryAfterMilliseconds: milliseconds, shouldRetry: milliseconds != nil)
    }
}
