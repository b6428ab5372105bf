// SPDX-License-Identifier: Apache-2.0

/// The rate limits that an answer states (`x-ratelimit-*` of OpenAI and Azure); nil is unknown.
package struct RateLimitHeaders: Equatable, Sendable {
    /// Tokens allowed a minute.
    package var limitTokens: Int?
    /// Tokens left.
    package var remainingTokens: Int?
    /// Requests allowed a minute.
    package var limitRequests: Int?
    /// Requests left.
    package var remainingRequests: Int?

    /// Reads the limits; `-1`, which Azure sends, and whatever else is no count are unknown.
    package init(_ headers: some HeaderLookup) {
        func count(_ name: String) -> Int? {
            guard let text = headers.first(name: name), let value = Int(text), value >= 0 else { return nil }
            return value
        }
        limitTokens = count("x-ratelimit-limit-tokens")
        remainingTokens = count("x-ratelimit-remaining-tokens")
        limitRequests = count("x-ratelimit-limit-requests")
        remainingRequests = count("x-ratelimit-remaining-requests")
    }
}
