// SPDX-License-Identifier: Apache-2.0

internal import Records

/// What one event loop counts under the names of OpenTelemetry's conventions for generative AI.
///
/// Rows are found once for each upstream target; a request then costs some increments of arrays.
package struct GenAIMetrics: Sendable {
    /// How many sets of operation, provider, model, cloud and address are told apart; further ones lose their model
    /// and address.
    package static let seriesMax = 256
    /// How many sets without model and address are told apart beyond ``seriesMax``; further ones count as other.
    package static let foldedMax = 64
    /// How many sets with an error are told apart; further ones count as other.
    package static let errorSeriesMax = 512

    /// The bounds that the conventions recommend, in seconds.
    private static let durationBounds = [
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]
    private static let firstTokenBounds = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]
    private static let perTokenBounds = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5]
    /// The bounds that the conventions recommend, in tokens.
    private static let tokenBounds: [Double] = [
        1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
    ]

    /// A series and how it failed.
    package struct Failure: Hashable, Sendable {
        package var series: Int
        package var error: String
    }

    /// The rows; the first stands for all that have none of their own.
    package private(set) var series = [GenAISeries.other]
    private var rows: [GenAISeries: Int] = [.other: 0]
    /// The rows of what failed; the first stands for all that have none of their own.
    package private(set) var failures = [Failure(series: 0, error: GenAISeries.otherName)]
    private var failureRows: [Failure: Int] = [Failure(series: 0, error: GenAISeries.otherName): 0]

    var inputTokens = HistogramTable(bounds: GenAIMetrics.tokenBounds, scale: 1, rows: 1)
    var outputTokens = HistogramTable(bounds: GenAIMetrics.tokenBounds, scale: 1, rows: 1)
    var requests = HistogramTable.seconds(GenAIMetrics.durationBounds, rows: 1)
    var firstToken = HistogramTable.seconds(GenAIMetrics.firstTokenBounds, rows: 1)
    var perToken = HistogramTable.seconds(GenAIMetrics.perTokenBounds, rows: 1)
    var attempts = HistogramTable.seconds(GenAIMetrics.durationBounds, rows: 1)
    var failedRequests = HistogramTable.seconds(GenAIMetrics.durationBounds, rows: 1)
    var failedAttempts = HistogramTable.seconds(GenAIMetrics.durationBounds, rows: 1)
    /// Placements, and the parts of reported usage that have no name in the conventions.
    var placements: [UInt64] = [0]
    var cachedTokens: [UInt64] = [0]
    var reasoningTokens: [UInt64] = [0]

    package init() {}

    /// The row of a series; made where it is new and there is room.
    mutating func row(of wanted: GenAISeries) -> Int {
        if let known = rows[wanted] { return known }
        let isFolded = wanted == wanted.folded
        if series.count >= Self.seriesMax + (isFolded ? Self.foldedMax : 0) {
            return isFolded ? 0 : row(of: wanted.folded)
        }
        series.append(wanted)
        let row = series.count - 1
        rows[wanted] = row
        for table in [\GenAIMetrics.inputTokens, \.outputTokens, \.requests, \.firstToken, \.perToken, \.attempts] {
            self[keyPath: table].grow(toRows: series.count)
        }
        placements.append(0)
        cachedTokens.append(0)
        reasoningTokens.append(0)
        return row
    }

    /// The row of a failure; made where it is new and there is room.
    mutating func row(ofFailure error: String, in series: Int) -> Int {
        let wanted = Failure(series: series, error: error)
        if let known = failureRows[wanted] { return known }
        guard failures.count < Self.errorSeriesMax else { return 0 }
        failures.append(wanted)
        let row = failures.count - 1
        failureRows[wanted] = row
        failedRequests.grow(toRows: failures.count)
        failedAttempts.grow(toRows: failures.count)
        return row
    }

    /// Counts what a provider said that it used; what is estimated is no usage in the conventions' sense.
    mutating func count(_ usage: TokenUsage, row: Int) {
        guard usage.basis == .reported else { return }
        inputTokens.observe(usage.prompt, row: row)
        outputTokens.observe(usage.completion, row: row)
        cachedTokens[row] &+= usage.cached
        reasoningTokens[row] &+= usage.reasoning
    }

    /// Adds another loop's counts.
    mutating func merge(_ other: GenAIMetrics) {
        let own = other.series.map { row(of: $0) }
        for (index, row) in own.enumerated() {
            inputTokens.add(other.inputTokens, row: index, to: row)
            outputTokens.add(other.outputTokens, row: index, to: row)
            requests.add(other.requests, row: index, to: row)
            firstToken.add(other.firstToken, row: index, to: row)
            perToken.add(other.perToken, row: index, to: row)
            attempts.add(other.attempts, row: index, to: row)
            placements[row] &+= other.placements[index]
            cachedTokens[row] &+= other.cachedTokens[index]
            reasoningTokens[row] &+= other.reasoningTokens[index]
        }
        for (index, failure) in other.failures.enumerated() {
            let row = row(ofFailure: failure.error, in: own[failure.series])
            failedRequests.add(other.failedRequests, row: index, to: row)
            failedAttempts.add(other.failedAttempts, row: index, to: row)
        }
    }

    /// Sums by cloud, without those that are 0.
    func byCloud(_ value: (Int) -> UInt64) -> [String: UInt64] {
        var sums: [String: UInt64] = [:]
        for (row, series) in series.enumerated() {
            let count = value(row)
            if count > 0 { sums[series.cloud, default: 0] += count }
        }
        return sums
    }
}
