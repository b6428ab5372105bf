// SPDX-License-Identifier: Apache-2.0

// The names of OpenTelemetry's semantic conventions for generative AI, as its Prometheus exporters write them.
extension MetricsText {
    /// Writes what the conventions name: `server` is the gateway towards its clients, `client` the gateway towards
    /// providers.
    static func write(_ metrics: GenAIMetrics, to text: inout MetricsWriter) {
        let labels = metrics.series.map { MetricsWriter.labels(pairs($0)) }
        let failures = metrics.failures.map { failure in
            MetricsWriter.labels(pairs(metrics.series[failure.series]) + [("error_type", failure.error)])
        }
        func tokens(_ type: String) -> [String] {
            metrics.series.map { MetricsWriter.labels(pairs($0) + [("gen_ai_token_type", type)]) }
        }
        text.histogram(
            "gen_ai_client_token_usage", "Tokens that providers reported, by request.",
            [(metrics.inputTokens, tokens("input")), (metrics.outputTokens, tokens("output"))])
        text.histogram(
            "gen_ai_server_request_duration_seconds", "From a request's admission to the end of its answer.",
            [(metrics.requests, labels), (metrics.failedRequests, failures)])
        text.histogram(
            "gen_ai_server_time_to_first_token_seconds",
            "From a request's admission to the first content of its stream.", [(metrics.firstToken, labels)])
        text.histogram(
            "gen_ai_server_time_per_output_token_seconds",
            "Time between tokens of a stream after the first, the mean of each request.", [(metrics.perToken, labels)])
        text.histogram(
            "gen_ai_client_operation_duration_seconds", "One try at a provider, from its sending to its end.",
            [
                (metrics.attempts, metrics.series.map { MetricsWriter.labels(pairs($0) + address($0)) }),
                (
                    metrics.failedAttempts,
                    metrics.failures.map { failure in
                        let series = metrics.series[failure.series]
                        return MetricsWriter.labels(
                            pairs(series) + address(series) + [("error_type", failure.error)])
                    }
                ),
            ])
    }

    private static func pairs(_ series: GenAISeries) -> [(name: String, value: String)] {
        let pairs = [
            ("gen_ai_operation_name", series.operation.name), ("gen_ai_provider_name", series.provider),
            ("gen_ai_request_model", series.model),
        ]
        return series.cloud.isEmpty ? pairs : pairs + [("cloud", series.cloud)]
    }

    private static func address(_ series: GenAISeries) -> [(name: String, value: String)] {
        series.host.isEmpty ? [] : [("server_address", series.host), ("server_port", String(series.port))]
    }
}
