// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Providers
internal import Records

/// What one event loop has counted; merged over the loops when somebody asks.
///
/// What every request counts is an array by a small number; dictionaries are for what is rare.
package struct LoopMetrics: Sendable {
    /// What the gateway itself adds to a request.
    enum Overhead: Int, CaseIterable {
        /// From the whole request to the sending of its first attempt.
        case dispatch
        /// How long the answer or the attempt waited for the ledger.
        case ledger
    }

    /// Requests with a key and a body, all of which end in a placement or a refusal.
    package var accepted: UInt64 = 0
    /// Placements by the outcome's number.
    var placed = SmallCounts(below: PlacementEntry.Outcome.allCases.count + 1)
    /// Placements off the primary by the ground's number.
    var spilled = SmallCounts(below: Decision.Entry.groundCount)
    /// Placements where a migration moved them, by migration.
    package var migrated: [String: UInt64] = [:]
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
    var answered = SmallCounts(below: 601)
    /// Attempts that failed, by the class of the signal.
    var failed = SmallCounts(below: SignalClass.allCases.count)
    /// What is counted by model and provider.
    package var genAI = GenAIMetrics()
    /// Requests by duration.
    package var durations = HistogramTable.seconds(
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120], rows: 1)
    /// What the gateway adds, by ``Overhead``.
    var overhead = HistogramTable.seconds(
        [
            0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
            1, 5,
        ], rows: Overhead.allCases.count)
    /// Clients connected now.
    package var connections = 0
    /// Connections that gave way to others because there was no room.
    package var connectionsDisplaced: UInt64 = 0
    /// Connections that were closed at once because there was no room.
    package var connectionsRefused: UInt64 = 0
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

    /// Placements by outcome.
    package var placements: [String: UInt64] {
        placed.named { PlacementEntry.Outcome(rawValue: UInt8($0))?.name ?? GenAISeries.otherName }
    }

    /// Placements by cloud.
    package var byCloud: [String: UInt64] { genAI.byCloud { genAI.placements[$0] } }

    /// Placements off the primary by ground.
    package var spills: [String: UInt64] { spilled.named(Decision.Entry.groundName) }

    /// Answers by HTTP status.
    package var answers: [Int: UInt64] {
        var answers: [Int: UInt64] = [:]
        for status in 0...600 where answered[status] > 0 { answers[status] = answered[status] }
        return answers
    }

    /// Attempts that failed, by signal class.
    package var failedAttempts: [String: UInt64] {
        failed.named { SignalClass(rawValue: UInt8($0))?.name ?? GenAISeries.otherName }
    }

    /// The sum of two loops' counts.
    package mutating func merge(_ other: LoopMetrics) {
        accepted += other.accepted
        placed.merge(other.placed)
        spilled.merge(other.spilled)
        migrated.merge(other.migrated, uniquingKeysWith: +)
        refusals.merge(other.refusals, uniquingKeysWith: +)
        refusalsByClause.merge(other.refusalsByClause, uniquingKeysWith: +)
        observedDifferences += other.observedDifferences
        shadowDecisions += other.shadowDecisions
        shadowDifferences.merge(other.shadowDifferences, uniquingKeysWith: +)
        answered.merge(other.answered)
        failed.merge(other.failed)
        genAI.merge(other.genAI)
        durations.add(other.durations)
        overhead.add(other.overhead)
        connections += other.connections
        connectionsDisplaced += other.connectionsDisplaced
        connectionsRefused += other.connectionsRefused
        requestsInFlight += other.requestsInFlight
        unrecorded += other.unrecorded
        routing.merge(other.routing)
    }
}
