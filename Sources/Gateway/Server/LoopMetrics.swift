// SPDX-License-Identifier: Apache-2.0

/// What one event loop has counted; merged over the loops when somebody asks.
package struct LoopMetrics: Sendable {
    /// The upper bounds of the latency histogram, in seconds.
    package static let latencyBounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

    /// Requests with a key and a body, all of which end in a placement or a refusal.
    package var accepted: UInt64 = 0
    /// Placements by outcome.
    package var placements: [String: UInt64] = [:]
    /// Placements by cloud.
    package var byCloud: [String: UInt64] = [:]
    /// Placements off the primary by ground.
    package var spills: [String: UInt64] = [:]
    /// Refusals by reason.
    package var refusals: [String: UInt64] = [:]
    /// Refusals by clause.
    package var refusalsByClause: [String: UInt64] = [:]
    /// Requests whose observed decision differs from what was done.
    package var observedDifferences: UInt64 = 0
    /// Decisions under the agreements on trial.
    package var shadowDecisions: UInt64 = 0
    /// Those of them that differ from what was decided, by both.
    package var shadowDifferences: [ShadowChange: UInt64] = [:]
    /// Answers by HTTP status.
    package var answers: [Int: UInt64] = [:]
    /// Attempts that failed, by signal class.
    package var failedAttempts: [String: UInt64] = [:]
    /// Tokens by cloud, of usage that was reported.
    package var promptTokens: [String: UInt64] = [:]
    package var completionTokens: [String: UInt64] = [:]
    /// Requests by duration; one more than ``latencyBounds``.
    package var latencyCounts = [UInt64](repeating: 0, count: LoopMetrics.latencyBounds.count + 1)
    /// The sum of all durations in seconds.
    package var latencySeconds: Double = 0
    /// Clients connected now.
    package var connections = 0
    /// Requests in flight now.
    package var requestsInFlight = 0
    /// Requests served without a record because the ledger could not be written.
    package var unrecorded: UInt64 = 0

    /// What the adopted agreements said of a request, and what the ones on trial say.
    package struct ShadowChange: Hashable, Sendable {
        package var from: String
        package var to: String
    }

    /// Attempts, retries and health.
    package var routing = RoutingMetrics()

    package init() {}

    /// Notes how long a request took.
    mutating func observe(seconds: Double) {
        let bucket = Self.latencyBounds.firstIndex { seconds <= $0 } ?? Self.latencyBounds.count
        latencyCounts[bucket] += 1
        latencySeconds += seconds
    }

    /// The sum of two loops' counts.
    package mutating func merge(_ other: LoopMetrics) {
        accepted += other.accepted
        placements.merge(other.placements, uniquingKeysWith: +)
        byCloud.merge(other.byCloud, uniquingKeysWith: +)
        spills.merge(other.spills, uniquingKeysWith: +)
        refusals.merge(other.refusals, uniquingKeysWith: +)
        refusalsByClause.merge(other.refusalsByClause, uniquingKeysWith: +)
        observedDifferences += other.observedDifferences
        shadowDecisions += other.shadowDecisions
        shadowDifferences.merge(other.shadowDifferences, uniquingKeysWith: +)
        answers.merge(other.answers, uniquingKeysWith: +)
        failedAttempts.merge(other.failedAttempts, uniquingKeysWith: +)
        promptTokens.merge(other.promptTokens, uniquingKeysWith: +)
        completionTokens.merge(other.completionTokens, uniquingKeysWith: +)
        for index in latencyCounts.indices { latencyCounts[index] += other.latencyCounts[index] }
        latencySeconds += other.latencySeconds
        connections += other.connections
        requestsInFlight += other.requestsInFlight
        unrecorded += other.unrecorded
        routing.merge(other.routing)
    }
}
