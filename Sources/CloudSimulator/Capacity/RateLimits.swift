// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// The caller's own quota as the `x-ratelimit-*` headers tell it (OpenAI API reference, rate limits in headers).
package struct RateLimits: Equatable {
    /// One quota.
    package struct Limit: Equatable {
        /// Units a minute.
        package var limit: Int
        /// Units that are left now.
        package let remaining: Int
        /// Until all of the quota is there again.
        package let resetMilliseconds: Int

        /// The quota that a bucket keeps.
        package init(_ bucket: LeakyBucket, now: NIODeadline) {
            limit = bucket.allowance
            remaining = bucket.room(now: now)
            resetMilliseconds = Int((bucket.microsecondsUntilEmpty(now: now) + 999) / 1_000)
        }
    }

    package let requests: Limit?
    package var tokens: Limit?

    package init(requests: Limit?, tokens: Limit?) {
        self.requests = requests
        self.tokens = tokens
    }

    /// Header fields in the vendor's form; durations are like `12ms`, `1.5s` and `6m0s`.
    package var headers: [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for (unit, limit) in [("requests", requests), ("tokens", tokens)] {
            guard let limit else { continue }
            headers.append(("x-ratelimit-limit-\(unit)", "\(limit.limit)"))
            headers.append(("x-ratelimit-remaining-\(unit)", "\(min(limit.remaining, limit.limit))"))
            headers.append(("x-ratelimit-reset-\(unit)", Self.duration(milliseconds: limit.resetMilliseconds)))
        }
        return headers
    }

    /// A duration as OpenAI writes it.
    package static func duration(milliseconds: Int) -> String {
        guard milliseconds >= 1_000 else { return "\(milliseconds)ms" }
        let minutes = milliseconds / 60_000
        let rest = milliseconds % 60_000
        var seconds = "\(rest / 1_000)"
        if rest % 1_000 > 0 {
            let digits = String(rest % 1_000 + 1_000).dropFirst()
            seconds += "." + digits
            while seconds.last == "0" { seconds.removeLast() }
        }
        return (minutes > 0 ? "\(minutes)m" : "") + seconds + "s"
    }
}
