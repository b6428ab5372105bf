// SPDX-License-Identifier: Apache-2.0

/// How a key stands against its rates, as clients are told.
package struct RateStanding: Sendable, Equatable {
    /// One rate.
    package struct Rate: Sendable, Equatable {
        package var limit: Int64
        package var remaining: Int64
        /// How long until nothing of what was used counts any more, in milliseconds.
        package var resetMilliseconds: Int64

        init(limit: Int64, window: RateWindow, at milliseconds: Int64) {
            self.limit = limit
            remaining = max(0, limit - window.used)
            resetMilliseconds = window.reset(at: milliseconds)
        }
    }

    package var requests: Rate?
    package var tokens: Rate?

    /// Writes OpenAI's fields, `x-ratelimit-…`.
    func write(to head: HeadText) {
        if let requests {
            head.writeField("x-ratelimit-limit-requests", String(requests.limit))
            head.writeField("x-ratelimit-remaining-requests", String(requests.remaining))
            head.writeField("x-ratelimit-reset-requests", Self.duration(requests.resetMilliseconds))
        }
        if let tokens {
            head.writeField("x-ratelimit-limit-tokens", String(tokens.limit))
            head.writeField("x-ratelimit-remaining-tokens", String(tokens.remaining))
            head.writeField("x-ratelimit-reset-tokens", Self.duration(tokens.resetMilliseconds))
        }
    }

    /// A duration as OpenAI writes it: `350ms`, `7.66s`, `6m0s`, `1h0m0s`.
    package static func duration(_ milliseconds: Int64) -> String {
        guard milliseconds >= 1_000 else { return "\(milliseconds)ms" }
        let (hours, afterHours) = milliseconds.quotientAndRemainder(dividingBy: 3_600_000)
        let (minutes, afterMinutes) = afterHours.quotientAndRemainder(dividingBy: 60_000)
        let (seconds, rest) = afterMinutes.quotientAndRemainder(dividingBy: 1_000)
        var text = ""
        if hours > 0 { text += "\(hours)h" }
        if hours > 0 || minutes > 0 { text += "\(minutes)m" }
        text += String(seconds)
        if rest > 0 {
            var digits = String(1_000 + rest).dropFirst()
            while digits.hasSuffix("0") { digits = digits.dropLast() }
            text += "." + digits
        }
        return text + "s"
    }
}
