// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import Records

/// The sums of one transaction: by hour, and by day and month for each key.
///
/// Requests that follow each other mostly go to the same lines, so that these are looked up when one differs.
struct UsageSums {
    /// What decides to which lines a request's usage goes.
    private struct Lines: Equatable {
        var usage: UsageKey
        var key: String
        var deployment: String
    }

    private var usages: [UsageKey: UsageSum] = [:]
    private var keyUsages: [KeyUsageKey: UsageSum] = [:]
    private var last: (lines: Lines, sum: UsageSum, end: RequestRow.End)?

    /// Adds what a request used.
    ///
    /// - Parameters:
    ///   - usage: what it used.
    ///   - key: the key that asked; empty where that is not known.
    ///   - model: the model that it asked for.
    ///   - end: how it ended.
    mutating func add(_ usage: TokenUsage, of key: String, model: String, _ end: RequestRow.End) {
        let lines = Lines(usage: UsageKey(end, model: model), key: key, deployment: end.deployment)
        if last?.lines == lines {
            last?.sum.add(usage)
        } else {
            settle()
            var sum = UsageSum()
            sum.add(usage)
            last = (lines, sum, end)
        }
    }

    /// Brings the last requests to their lines.
    private mutating func settle() {
        guard let (lines, sum, end) = last else { return }
        last = nil
        usages[lines.usage, default: UsageSum()].add(sum)
        guard !lines.key.isEmpty, sum.hasTokens else { return }
        // Requests of one hour are of one day and one month.
        for period in KeyUsageRow.Period.allCases {
            let key = KeyUsageKey(end, key: lines.key, model: lines.usage.model, by: period)
            keyUsages[key, default: UsageSum()].add(sum)
        }
    }

    /// Writes the sums, and begins anew.
    mutating func write(to database: Database) throws {
        settle()
        for (key, sum) in usages {
            try database.cachedStatement(
                sql: """
                    INSERT INTO usage_hourly VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
                        prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                        completion_tokens = completion_tokens + excluded.completion_tokens,
                        cached_tokens = cached_tokens + excluded.cached_tokens,
                        reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens
                    """
            ).execute(arguments: key.arguments + sum.arguments)
        }
        for (key, sum) in keyUsages {
            try database.cachedStatement(
                sql: """
                    INSERT INTO key_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                        cached_tokens = cached_tokens + excluded.cached_tokens,
                        completion_tokens = completion_tokens + excluded.completion_tokens
                    """
            ).execute(arguments: key.arguments + sum.tokenArguments)
        }
        usages = [:]
        keyUsages = [:]
    }
}
