// SPDX-License-Identifier: Apache-2.0

/// What a trace holds, in numbers; all in trace time.
package struct TraceSummary: Equatable, Sendable, CustomStringConvertible {
    package let arrivals: Int
    /// From the first arrival to the last.
    package let durationSeconds: Int
    package let contextTokens: Int
    package let generatedTokens: Int
    /// The busiest minute, counted in minutes from the first arrival.
    package let peakTokensPerMinute: Int

    init(_ rows: [TraceRow]) {
        arrivals = rows.count
        durationSeconds = Int((rows.last?.offsetNanoseconds ?? 0) / 1_000_000_000)
        contextTokens = rows.reduce(0) { $0 + $1.contextTokens }
        generatedTokens = rows.reduce(0) { $0 + $1.generatedTokens }
        var peak = 0
        var minute: Int64 = 0
        var tokens = 0
        for row in rows {
            let rowMinute = row.offsetNanoseconds / 60_000_000_000
            if rowMinute != minute {
                minute = rowMinute
                tokens = 0
            }
            tokens += row.contextTokens + row.generatedTokens
            peak = max(peak, tokens)
        }
        peakTokensPerMinute = peak
    }

    /// One line for a report.
    package var description: String {
        let minutes = "\(durationSeconds / 60) min \(durationSeconds % 60) s"
        let context = contextTokens / arrivals
        let generated = generatedTokens / arrivals
        return "\(arrivals) arrivals in \(minutes), on average \(context) context and \(generated) generated tokens, "
            + "at most \(peakTokensPerMinute) tokens in a minute"
    }
}
