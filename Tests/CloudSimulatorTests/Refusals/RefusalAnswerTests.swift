// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import NIOCore
import Testing

@Suite("A refusal")
struct RefusalAnswerTests {
    /// The golden files; written anew when `CONCORDAT_UPDATE_GOLDEN` is set.
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    private func refusal(_ reason: RefusalReason) -> Refusal {
        var bucket = LeakyBucket(allowance: 60_000, speed: 1)
        bucket.add(45_500, now: .uptimeNanoseconds(0))
        let limit = RateLimits.Limit(bucket, now: .uptimeNanoseconds(0))
        var refusal = Refusal(reason, retryAfterMicroseconds: 1_234_567, model: "gpt", detail: "vision")
        refusal.rateLimits = RateLimits(requests: limit, tokens: limit)
        return refusal
    }

    @Test("has the vendor's status, headers and body for every reason", arguments: CloudDialect.allCases)
    func golden(dialect: CloudDialect) throws {
        var text = ""
        for reason in RefusalReason.allCases {
            let answer = RefusalAnswer(refusal(reason), dialect: dialect, region: "simulated-1")
            text += "# \(reason.rawValue)\n\(answer.status)\n"
            for header in answer.headers { text += "\(header.name): \(header.value)\n" }
            text += "\n\(answer.body)\n\n"
        }
        let file = Self.fixtures.appending(path: "refusals-\(dialect.rawValue).txt")
        if ProcessInfo.processInfo.environment["CONCORDAT_UPDATE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: Self.fixtures, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("says no Retry-After where it is not known, and in Bedrock's dialect never", arguments: CloudDialect.allCases)
    func noRetryAfter(dialect: CloudDialect) {
        for reason in RefusalReason.allCases {
            var silent = RefusalAnswer(Refusal(reason), dialect: dialect, region: "r").headers
            if dialect == .bedrock { silent += RefusalAnswer(refusal(reason), dialect: dialect, region: "r").headers }
            #expect(!silent.contains { $0.name.hasPrefix("retry-after") })
        }
    }

    @Test(
        "writes durations as OpenAI does",
        arguments: [(0, "0ms"), (12, "12ms"), (1_000, "1s"), (1_500, "1.5s"), (61_020, "1m1.02s"), (360_000, "6m0s")]
    )
    func durations(milliseconds: Int, text: String) {
        #expect(RateLimits.duration(milliseconds: milliseconds) == text)
    }
}
