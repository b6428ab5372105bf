// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The Prometheus text format, version 0.0.4, of what a gateway counts.
package enum MetricsText {
    /// The text for merged counts and the present facts.
    package static func render(_ metrics: LoopMetrics, snapshot: Snapshot, now: Instant) -> String {
        var text = Text()
        text.counter("concordat_requests_accepted_total", "Requests with a key and a body.", [("", metrics.accepted)])
        text.counter("concordat_placements_total", "Placements by outcome.", labels("outcome", metrics.placements))
        text.counter("concordat_placements_by_cloud_total", "Placements by cloud.", labels("cloud", metrics.byCloud))
        text.counter(
            "concordat_spills_total", "Placements off the primary by ground.", labels("ground", metrics.spills))
        text.counter(
            "concordat_refusals_total", "Requests for which no deployment was tried.",
            labels("reason", metrics.refusals))
        text.counter(
            "concordat_refusals_by_clause_total", "Refusals by the clause that forbids.",
            labels("clause", metrics.refusalsByClause))
        text.counter(
            "concordat_observed_differences_total", "Requests that an observed agreement would have placed elsewhere.",
            [("", metrics.observedDifferences)])
        if snapshot.shadow != nil {
            text.counter(
                "concordat_shadow_decisions_total", "Decisions made under the agreements on trial as well.",
                [("", metrics.shadowDecisions)])
            text.counter(
                "concordat_shadow_differences_total", "Decisions that the agreements on trial change.",
                metrics.shadowDifferences.map { change, count in
                    ("{from=\"\(escape(change.from))\",to=\"\(escape(change.to))\"}", count)
                }.sorted { $0.0 < $1.0 })
        }
        text.counter(
            "concordat_failed_attempts_total", "Tries that failed, by what the provider said.",
            labels("signal", metrics.failedAttempts))
        text.counter(
            "concordat_http_answers_total", "Answers to clients by status.",
            labels("status", Dictionary(uniqueKeysWithValues: metrics.answers.map { (String($0.key), $0.value) })))
        text.counter(
            "concordat_tokens_prompt_total", "Prompt tokens reported, by cloud.", labels("cloud", metrics.promptTokens))
        text.counter(
            "concordat_tokens_completion_total", "Completion tokens reported, by cloud.",
            labels("cloud", metrics.completionTokens))
        text.counter(
            "concordat_unrecorded_total", "Requests served while the ledger could not be written.",
            [("", metrics.unrecorded)])
        text.gauge("concordat_connections", "Clients connected.", [("", Double(metrics.connections))])
        text.gauge("concordat_requests_in_flight", "Requests in flight.", [("", Double(metrics.requestsInFlight))])
        text.histogram(metrics)
        let table = snapshot.facts.configuration.deployments
        text.gauge(
            "concordat_window_state", "Capacity windows: 0 sufficient, 1 constrained, 2 recovering.",
            zip(table.lanes, snapshot.facts.windows).map { lane, window in
                (
                    "{cloud=\"\(escape(lane.cloud))\",account=\"\(escape(lane.account))\",region=\"\(escape(lane.region))\","
                        + "model=\"\(escape(lane.model))\",lane=\"\(lane.lane.name)\"}", Double(window.state.rawValue)
                )
            })
        let terms = snapshot.facts.terms(at: now, includingObserved: true)
        if terms.validUntil != .distantFuture {
            text.gauge(
                "concordat_next_boundary_days", "Days until other terms may hold.",
                [("", Double(terms.validUntil.milliseconds(since: now)) / 86_400_000)])
        }
        text.gauge("concordat_fact_revision", "The number of the last fact.", [("", Double(snapshot.facts.revision))])
        return text.text + metrics.routing.text
    }

    private static func labels(_ name: String, _ counts: [String: UInt64]) -> [(String, UInt64)] {
        counts.sorted { $0.key < $1.key }.map { ("{\(name)=\"\(escape($0.key))\"}", $0.value) }
    }

    private static func escape(_ value: String) -> String {
        var escaped = ""
        for character in value {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    private struct Text {
        var text = ""

        mutating func head(_ name: String, _ help: String, _ type: String) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        }

        mutating func counter(_ name: String, _ help: String, _ rows: [(String, UInt64)]) {
            head(name, help, "counter")
            for (labels, value) in rows { text += "\(name)\(labels) \(value)\n" }
        }

        mutating func gauge(_ name: String, _ help: String, _ rows: [(String, Double)]) {
            head(name, help, "gauge")
            for (labels, value) in rows { text += "\(name)\(labels) \(value)\n" }
        }

        mutating func histogram(_ metrics: LoopMetrics) {
            let name = "concordat_request_duration_seconds"
            head(name, "From admission to the end of the answer.", "histogram")
            var sum: UInt64 = 0
            for (index, bound) in LoopMetrics.latencyBounds.enumerated() {
                sum += metrics.latencyCounts[index]
                text += "\(name)_bucket{le=\"\(bound)\"} \(sum)\n"
            }
            sum += metrics.latencyCounts[LoopMetrics.latencyBounds.count]
            text += "\(name)_bucket{le=\"+Inf\"} \(sum)\n\(name)_sum \(metrics.latencySeconds)\n\(name)_count \(sum)\n"
        }
    }
}
