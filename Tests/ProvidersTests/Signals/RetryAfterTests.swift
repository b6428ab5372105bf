// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing

@Suite("Signals: waits and limits")
struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110.
    private let now: Int64 = 784_111_777

    @Test(
        "the wait is read from retry-after-ms, then retry-after",
        arguments: [
            ([:], nil), (["retry-after-ms": "250"], 250), (["Retry-After": "3"], 3_000),
            (["retry-after-ms": "250", "retry-after": "3"], 250), (["retry-after-ms": "x", "retry-after": "3"], 3_000),
            (["retry-after-ms": "-1", "retry-after": "3"], 3_000), (["retry-after": "-1"], nil),
            (["retry-after": ""], nil),
            (["retry-after": "0"], 0), (["retry-after": "1.5"], 1_500), (["retry-after": "0.0001"], 1),
            (["retry-after-ms": "12.34"], 13), (["retry-after-ms": "12.000"], 12), (["retry-after": "1."], nil),
            (["retry-after": ".5"], nil), (["retry-after": "1e3"], nil), (["retry-after": "+1"], nil),
            (["retry-after": " 1"], nil),
            (["retry-after": "86400"], 86_400_000), (["retry-after": "86401"], 86_400_000),
            (["retry-after": "86400.5"], 86_400_000), (["retry-after-ms": "999999999999"], 86_400_000),
            (["retry-after": "99999999999999999999"], nil), (["retry-after": "NaN"], nil),
            (["retry-after": "soon"], nil),
        ] as [(Headers, Int64?)]
    )
    func waits(headers: Headers, milliseconds: Int64?) {
        #expect(RetryAfter.parse(headers, nowSeconds: now) == milliseconds)
    }

    @Test(
        "a date is counted from now",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:49:47 GMT", 10_000),
            ("Sun, 06 Nov 1994 08:49:36 GMT", 0),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400_000),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400_000), ("Mon, 06 Nov 1994 08:49:47 GMT", nil),
            ("Sun, 06 Nov 1994 24:00:00 GMT", nil), ("Sun, 31 Nov 1994 00:00:00 GMT", nil),
            ("Sun, 6 Nov 1994 08:49:37 GMT", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil),
            ("Sun, 06 Nov 1994 08:49:37 UTC", nil),
            ("Sun, 06 Noe 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:3x GMT", nil),
            ("Sun, 00 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, Int64?)]
    )
    func dates(text: String, milliseconds: Int64?) {
        #expect(RetryAfter.parse(["retry-after": text] as Headers, nowSeconds: now) == milliseconds)
    }

    @Test(
        "of several fields the longest usable wait holds, and milliseconds go before seconds",
        arguments: [
            (["retry-after": "3", "retry-after": "7"], 7_000), (["retry-after": "7", "retry-after": "3"], 7_000),
            (["retry-after": "soon", "retry-after": "3"], 3_000), (["retry-after": "-1", "retry-after": "-1"], nil),
            (["retry-after": "Sun, 06 Nov 1994 08:49:47 GMT", "retry-after": "3"], 10_000),
            (["retry-after-ms": "x", "retry-after-ms": "20", "retry-after": "3"], 20),
            (["retry-after": "3, 7"], nil),
        ] as [(Headers, Int64?)]
    )
    func several(headers: Headers, milliseconds: Int64?) {
        #expect(RetryAfter.parse(headers, nowSeconds: now) == milliseconds)
    }

    @Test(
        "a limit's reset is the wait of our own quota where nothing else is stated",
        arguments: [
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"], "", 360_000),
            (["x-ratelimit-reset-tokens": "20ms", "x-ratelimit-reset-requests": "9s"], "tokens", 20),
            (["x-ratelimit-reset-tokens": "20ms", "x-ratelimit-reset-requests": "9s"], "requests", 9_000),
            (["x-ratelimit-reset-tokens": "20ms", "x-ratelimit-reset-requests": "9s"], "", nil),
            (
                [
                    "x-ratelimit-remaining-tokens": "0", "x-ratelimit-remaining-requests": "0",
                    "x-ratelimit-reset-tokens": "1h2m3.5s", "x-ratelimit-reset-requests": "9s",
                ], "", 3_723_500
            ),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "30"], "", 30_000),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "99999h"], "", 86_400_000),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "-1"], "", nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0"], "", nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "5d"], "", nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": ""], "", nil),
            (
                [
                    "retry-after": "2", "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s",
                ], "", 2_000
            ),
        ] as [(Headers, String, Int64?)]
    )
    func resets(headers: Headers, type: String, milliseconds: Int64?) {
        func wait(_ kind: ProviderKind, _ code: String, _ status: Int) -> Int64? {
            var row = SignalRow(
                name: "", status: status, body: #"{"error":{"code":"\#(code)","type":"\#(type)"}}"#,
                expected: .ownQuota, code: .none)
            row.headers = headers
            return row.classify(kind).retryAfterMilliseconds
        }
        for kind in [ProviderKind.openai, .compatible, .azureV1, .azureDeployment] {
            #expect(wait(kind, "rate_limit_exceeded", 429) == milliseconds)
        }
        let stated = headers.first(name: "retry-after").map { _ in Int64(2_000) }
        #expect(wait(.bedrockOpenAI, "throttling_error", 429) == stated)
        #expect(wait(.openai, "server_is_overloaded", 503) == stated, "a shortage does not end with a quota")
    }

    @Test("leap days are known")
    func leapDays() {
        // 29 February 2000, 2024; not 1900, 2023.
        for (text, seconds) in [
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ] as [(String, Int64)] {
            #expect(RetryAfter.parse(["retry-after": text] as Headers, nowSeconds: seconds - 5) == 5_000)
        }
        for text in ["Thu, 29 Feb 1900 00:00:00 GMT", "Wed, 29 Feb 2023 00:00:00 GMT"] {
            #expect(RetryAfter.parse(["retry-after": text] as Headers, nowSeconds: 0) == nil)
        }
    }

    @Test("rate limits are read, and -1 is unknown")
    func rateLimits() {
        let known = RateLimitHeaders(
            [
                "x-ratelimit-limit-tokens": "8000", "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-limit-requests": "8",
                "x-ratelimit-remaining-requests": "7",
            ] as Headers
        )
        #expect(known.limitTokens == 8_000)
        #expect(known.remainingTokens == 0)
        #expect(known.limitRequests == 8)
        #expect(known.remainingRequests == 7)
        let unknown = RateLimitHeaders(
            ["x-ratelimit-limit-tokens": "-1", "x-ratelimit-remaining-tokens": "many"] as Headers
        )
        #expect(unknown == RateLimitHeaders([:] as Headers))
        #expect(unknown.limitTokens == nil)
    }
}
