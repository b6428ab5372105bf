// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import GRDB
internal import Records

/// What a line of the hourly sums is about.
struct UsageKey: Hashable {
    /// How long an hour is, in nanoseconds.
    private static let hourNanoseconds: Int64 = 3_600_000_000_000

    /// The start of the hour, in nanoseconds since 1970.
    let hour: Int64
    let cloud: String
    let model: String
    let ground: String
    let outcome: String
    let basis: String

    init(_ end: RequestRow.End, model: String) {
        hour = end.at.nanoseconds - end.at.nanoseconds % Self.hourNanoseconds
        cloud = end.cloud
        self.model = model
        ground = end.ground
        outcome = end.outcome
        basis = end.basis
    }

    var arguments: StatementArguments { [hour, cloud, model, ground, outcome, basis] }
}

/// The sum of some requests' usage.
struct UsageSum {
    private var requests: Int64 = 0
    private var prompt: Int64 = 0
    private var completion: Int64 = 0
    private var cached: Int64 = 0
    private var reasoning: Int64 = 0

    mutating func add(_ usage: TokenUsage) {
        requests += 1
        prompt += Int64(clamping: usage.prompt)
        completion += Int64(clamping: usage.completion)
        cached += Int64(clamping: usage.cached)
        reasoning += Int64(clamping: usage.reasoning)
    }

    mutating func add(_ other: UsageSum) {
        requests += other.requests
        prompt += other.prompt
        completion += other.completion
        cached += other.cached
        reasoning += other.reasoning
    }

    /// Whether any token was used.
    var hasTokens: Bool { prompt > 0 || completion > 0 }

    var arguments: StatementArguments { [requests, prompt, completion, cached, reasoning] }
    var tokenArguments: StatementArguments { [prompt, cached, completion] }
}
