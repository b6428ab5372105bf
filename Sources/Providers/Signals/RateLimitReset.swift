// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// When a rate limit is full again, as OpenAI and servers that follow it say beside `x-ratelimit-remaining-*`.
///
/// Source: OpenAI, "Rate limits": `x-ratelimit-reset-requests` and `x-ratelimit-reset-tokens`, such as `1s`, `6m0s`
/// and `20ms`. It is read only where a refusal states no `retry-after`, and only of our own quota: a lack of capacity
/// does not end when a quota is full.
enum RateLimitReset {
    /// The wait for the limit that was run into.
    ///
    /// - Parameters:
    ///   - headers: the answer's header fields.
    ///   - errorType: `error.type`, which at OpenAI names the limit: `tokens` or `requests`.
    /// - Returns: milliseconds, at most ``RetryAfter/millisecondsMax``; nil if nothing says which limit it was.
    static func parse(_ headers: some HeaderLookup, errorType: String?) -> Int64? {
        var waits: [Int64] = []
        for name in ["requests", "tokens"] {
            let isUsedUp = headers.first(name: "x-ratelimit-remaining-" + name).flatMap { Int($0) } == 0
            guard errorType == name || isUsedUp, let text = headers.first(name: "x-ratelimit-reset-" + name),
                let wait = duration(text)
            else { continue }
            if errorType == name { return wait }
            waits.append(wait)
        }
        return waits.max()
    }

    /// A duration such as `1h2m3.5s`, in milliseconds, rounded up; a bare number is seconds.
    static func duration(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.count <= 32 else { return nil }
        var rest = text[...]
        var sum: Int64 = 0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            let isBare = unit.isEmpty && number.count == text.count
            guard let scale = isBare ? 1_000 : scale(of: unit),
                let part = RetryAfter.decimal(String(number), scale: scale)
            else { return nil }
            sum = min(sum + part, RetryAfter.millisecondsMax)
        }
        return sum
    }

    private static func scale(of unit: Substring) -> Int64? {
        switch unit {
        case "ms": 1
        case "s": 1_000
        case "m": 60_000
        case "h": 3_600_000
        default: nil
        }
    }
}
