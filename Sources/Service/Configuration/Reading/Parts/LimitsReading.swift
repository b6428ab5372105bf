// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// Reads `limits`: one key for each limit of the data plane that may be set.
enum LimitsReading {
    /// One limit: its key, and where its value goes.
    private struct Limit: Sendable {
        var field: Field<Int64>
        var set: @Sendable (inout GatewayLimits, Int64) -> Void
    }

    static let type: ValueType<GatewayLimits> = {
        let table = FieldTable("`limits`", limits.map(\.field.description))
        return table.type { mapping in
            var values = GatewayLimits()
            for limit in limits {
                if let value = mapping.value(limit.field) { limit.set(&values, value) }
            }
            return values
        }
    }()

    private static let limits: [Limit] = [
        Limit(field: .optional("request_body", .size(1_024...268_435_456), "the largest body of a request.")) {
            $0.requestBodyBytesMax = Int($1)
        },
        Limit(field: .optional("connections", .integer(1...1_000_000), "how many clients may be connected at once.")) {
            $0.connectionsMax = Int($1)
        },
        Limit(field: .optional("requests", .integer(1...1_000_000), "how many requests may be in flight at once.")) {
            $0.requestsMax = Int($1)
        },
        time("head", "how long a client may take for the head of a request.") { $0.headMilliseconds = $1 },
        time("body_idle", "how long a client may send nothing while its body is awaited.") {
            $0.bodyIdleMilliseconds = $1
        },
        time("body", "how long a whole body may take.") { $0.bodyMilliseconds = $1 },
        Limit(
            field: .optional(
                "body_rate", .integer(0...1_000_000),
                "how many bytes a second a body must come with once `body_idle` has passed; 0 for any.")
        ) { $0.bodyBytesPerSecondMin = Int($1) },
        time("idle", "how long a connection without a request is kept.") { $0.idleMilliseconds = $1 },
        time("write_stall", "how long a client may leave its answer unread.") { $0.writeStallMilliseconds = $1 },
        time("connect", "how long a connection to an upstream may take.") { $0.connectMilliseconds = $1 },
        time("answer", "how long an upstream may take for the head of its answer.") { $0.answerMilliseconds = $1 },
        time("answer_idle", "how long an upstream may be silent in the middle of its answer.") {
            $0.answerIdleMilliseconds = $1
        },
        time("upstream_idle", "how long an unused connection to an upstream is kept.") {
            $0.upstreamIdleMilliseconds = $1
        },
        time("hold", "how long a stream without content is held back.") { $0.holdMilliseconds = $1 },
        time("progress", "how often a stream's progress is written to the ledger.") { $0.progressMilliseconds = $1 },
        time("drain", "how long requests in flight may go on after the order to stop.") { $0.drainMilliseconds = $1 },
    ]

    /// A time from 10 milliseconds to an hour.
    private static func time(
        _ name: String, _ summary: String, set: @escaping @Sendable (inout GatewayLimits, Int64) -> Void
    ) -> Limit {
        Limit(field: .optional(name, .duration(10...3_600_000), summary), set: set)
    }
}
