// SPDX-License-Identifier: Apache-2.0

internal import Records
internal import Store

/// What a demonstration showed.
package struct DemoReport: Sendable, Codable {
    /// Arrivals that were sent.
    package var sent = 0
    /// Answers by HTTP status; 0 stands for no answer.
    package var answers: [Int: Int] = [:]
    /// Answers that broke off.
    package var brokenOff = 0
    /// The shortest and longest wait that a 429 asked for, in milliseconds.
    package var retryAfterMilliseconds: [Int] = []
    /// The middle and the 99th percentile of the clients' times, in milliseconds.
    package var medianMilliseconds = 0.0
    package var p99Milliseconds = 0.0
    package var accepted: UInt64 = 0
    package var placements: UInt64 = 0
    package var refusals: UInt64 = 0
    package var spills: UInt64 = 0
    package var departures: UInt64 = 0
    /// Placements by cloud.
    package var byCloud: [String: UInt64] = [:]
    /// Placements off the primary, by `cloud: ground`.
    package var spillsByGround: [String: UInt64] = [:]
    /// Refusals by reason.
    package var refusalsByReason: [String: UInt64] = [:]
    /// Tokens by the ledger and by the clouds' own counters.
    package var tokens: [TokenLine] = []
    /// Windows that opened, and how many of them closed again.
    package var windowsOpened = 0
    package var windowsClosed = 0
    package var ledgerEntries: UInt64 = 0
    package var ledgerBytes: UInt64 = 0
    package var root = ""
    /// Whether the ledger verifies and every decision is reproduced.
    package var isVerified = false
    package var decisionsRepeated: UInt64 = 0
    package var findings: [String] = []
    package var seconds = 0.0

    /// One cloud's tokens, counted on both sides.
    package struct TokenLine: Sendable, Codable, Equatable {
        package var cloud: String
        package var ledgerPrompt: UInt64
        package var ledgerCompletion: UInt64
        package var cloudPrompt: UInt64
        package var cloudCompletion: UInt64

        package var agrees: Bool { ledgerPrompt == cloudPrompt && ledgerCompletion == cloudCompletion }
    }

    /// Whether everything that was sent is accounted for, on both sides.
    package var isAccountedFor: Bool {
        accepted == placements + refusals && UInt64(sent) == accepted && answers[0] == nil
            && tokens.allSatisfy(\.agrees)
    }

    init() {}
}
