// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The text of `/metrics`: what a gateway counts.
package enum MetricsText {
    /// The text for merged counts and the present facts.
    ///
    /// - Parameters:
    ///   - metrics: the counts of all loops.
    ///   - snapshot: the present facts.
    ///   - targets: how the deployments are reached.
    ///   - now: the present instant.
    /// - Returns: the text.
    package static func render(
        _ metrics: LoopMetrics, snapshot: Snapshot, targets: UpstreamTargets, now: Instant
    ) -> String {
        var text = MetricsWriter()
        writeRequests(metrics, isOnTrial: snapshot.shadow != nil, to: &text)
        write(metrics.genAI, to: &text)
        writeFacts(snapshot, now: now, to: &text)
        return text.text + metrics.routing.text(of: targets)
    }

    private static func writeRequests(_ metrics: LoopMetrics, isOnTrial: Bool, to text: inout MetricsWriter) {
        text.counter("concordat_requests_accepted_total", "Requests with a key and a body.", [("", metrics.accepted)])
        text.counter("concordat_placements_total", "Placements by outcome.", by: "outcome", metrics.placements)
        text.counter("concordat_placements_by_cloud_total", "Placements by cloud.", by: "cloud", metrics.byCloud)
        text.counter("concordat_spills_total", "Placements off the primary by ground.", by: "ground", metrics.spills)
        text.counter(
            "concordat_refusals_total", "Requests for which no deployment was tried.", by: "reason", metrics.refusals)
        text.counter(
            "concordat_refusals_by_clause_total", "Refusals by the clause that forbids.", by: "clause",
            metrics.refusalsByClause)
        text.counter(
            "concordat_migrated_total", "Placements where a migration moved them.", by: "migration", metrics.migrated)
        text.counter(
            "concordat_observed_differences_total", "Requests that an observed agreement would have placed elsewhere.",
            [("", metrics.observedDifferences)])
        if isOnTrial {
            text.counter(
                "concordat_shadow_decisions_total", "Decisions made under the agreements on trial as well.",
                [("", metrics.shadowDecisions)])
            text.counter(
                "concordat_shadow_differences_total", "Decisions that the agreements on trial change.",
                metrics.shadowDifferences.map { change, count in
                    (MetricsWriter.labels([("from", change.from), ("to", change.to)]), count)
                }.sorted { $0.0 < $1.0 })
        }
        text.counter(
            "concordat_failed_attempts_total", "Tries that failed, by what the provider said.", by: "signal",
            metrics.failedAttempts)
        text.counter(
            "concordat_http_answers_total", "Answers to clients by status.", by: "status",
            metrics.answered.named { String($0) })
        for (type, count) in tokenCounts(metrics.genAI) {
            text.counter("concordat_tokens_\(type)_total", "Tokens reported, by cloud: \(type).", by: "cloud", count)
        }
        text.counter(
            "concordat_unrecorded_total", "Requests served while the ledger could not be written.",
            [("", metrics.unrecorded)])
        text.gauge("concordat_connections", "Clients connected.", [("", Double(metrics.connections))])
        text.counter(
            "concordat_connections_crowded_out_total", "Connections closed because too many were open.",
            by: "which", ["waiting": metrics.connectionsDisplaced, "new": metrics.connectionsRefused])
        text.gauge("concordat_requests_in_flight", "Requests in flight.", [("", Double(metrics.requestsInFlight))])
        text.histogram(
            "concordat_request_duration_seconds", "From admission to the end of the answer.",
            [(metrics.durations, [""])])
        text.histogram(
            "concordat_overhead_seconds",
            "What the gateway adds: dispatch is a whole request's way to its first sending, ledger the wait for the disk.",
            [
                (
                    metrics.overhead,
                    LoopMetrics.Overhead.allCases.map { MetricsWriter.labels([("stage", "\($0)")]) }
                )
            ])
    }

    private static func tokenCounts(_ metrics: GenAIMetrics) -> [(type: String, byCloud: [String: UInt64])] {
        [
            ("prompt", metrics.byCloud { metrics.inputTokens.sum(row: $0) }),
            ("completion", metrics.byCloud { metrics.outputTokens.sum(row: $0) }),
            ("cached", metrics.byCloud { metrics.cachedTokens[$0] }),
            ("reasoning", metrics.byCloud { metrics.reasoningTokens[$0] }),
        ]
    }

    private static func writeFacts(_ snapshot: Snapshot, now: Instant, to text: inout MetricsWriter) {
        let table = snapshot.facts.configuration.deployments
        text.gauge(
            "concordat_window_state", "Capacity windows: 0 sufficient, 1 constrained, 2 recovering.",
            zip(table.lanes, snapshot.facts.windows).map { lane, window in
                let labels = MetricsWriter.labels([
                    ("cloud", lane.cloud), ("account", lane.account), ("region", lane.region), ("model", lane.model),
                    ("lane", lane.lane.name),
                ])
                return (labels, Double(window.state.rawValue))
            })
        let terms = snapshot.facts.terms(at: now, includingObserved: true)
        if terms.validUntil != .distantFuture {
            text.gauge(
                "concordat_next_boundary_days", "Days until other terms may hold.",
                [("", Double(terms.validUntil.milliseconds(since: now)) / 86_400_000)])
        }
        text.gauge("concordat_fact_revision", "The number of the last fact.", [("", Double(snapshot.facts.revision))])
    }
}
