// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// Reads `limits`: one key for each limit of the data plane that may be set.
enum LimitsReading {
    /// One limit: its key, and where its value goes.
    private struct Limit: Sendable {
        var field: Field<Int64>
        var set: @Sendable (inout GatewayLimits, Int64) -> Void

        /// What the key means, with the default that it has in ``GatewayLimits``.
        var description: FieldDescription {
            let plain = field.description
            return FieldDescription(
                name: plain.name, shape: plain.shape, isRequired: false,
                written: LimitsReading.machines.contains(plain.name) ? nil : standard.map(written),
                summary: plain.summary)
        }

        /// The default: what stands in the one value that setting the limit changes.
        private var standard: Int64? {
            guard let range else { return nil }
            // One of the two bounds is not the default.
            for bound in [range.lowerBound, range.upperBound] {
                var changed = GatewayLimits()
                set(&changed, bound)
                let values = zip(Mirror(reflecting: GatewayLimits()).children, Mirror(reflecting: changed).children)
                guard let found = values.first(where: { "\($0.value)" != "\($1.value)" }) else { continue }
                return Int64("\(found.0.value)")
            }
            return nil
        }

        private var range: ClosedRange<Int64>? {
            switch field.description.shape {
            case .duration(let range), .size(let range), .integer(let range): range
            default: nil
            }
        }

        private func written(_ value: Int64) -> String {
            switch field.description.shape {
            case .duration: Duration.written(value)
            case .size: FieldShape.writtenSize(value)
            default: String(value)
            }
        }
    }

    /// The limits whose defaults follow from the machine.
    private static let machines: Set<String> = ["bodies", "memory"]

    /// The limits of a file that sets none; what memory there is, is the machine's.
    static let standard: GatewayLimits = {
        var values = GatewayLimits()
        values.memoryBytesMax = MachineMemory.ceilingBytes()
        values.bodiesBytesMax = MachineMemory.bodiesBytes(
            under: values.memoryBytesMax, requestBodyBytesMax: values.requestBodyBytesMax)
        return values
    }()

    static let type: ValueType<GatewayLimits> = {
        let table = FieldTable("`limits`", limits.map(\.description))
        return table.type { mapping in
            var values = standard
            values.bodiesBytesMax = 0
            for limit in limits {
                if let value = mapping.value(limit.field) { limit.set(&values, value) }
            }
            if values.bodiesBytesMax == 0 {
                values.bodiesBytesMax = MachineMemory.bodiesBytes(
                    under: values.memoryBytesMax, requestBodyBytesMax: values.requestBodyBytesMax)
            }
            // One body that is allowed has to fit, or it would be told to try again for ever.
            values.bodiesBytesMax = max(values.bodiesBytesMax, values.requestBodyBytesMax)
            return values
        }
    }()

    private static let limits: [Limit] = [
        Limit(field: .optional("request_body", .size(1_024...268_435_456), "the largest body of a request.")) {
            $0.requestBodyBytesMax = Int($1)
        },
        Limit(
            field: .optional(
                "bodies", .size(1_048_576...1_099_511_627_776),
                "the bodies of all requests in memory together; without it up to a quarter of `memory`.")
        ) { $0.bodiesBytesMax = Int($1) },
        Limit(
            field: .optional(
                "memory", .size(67_108_864...17_592_186_044_416),
                "the memory that the process may have; half of the machine's without it.")
        ) { $0.memoryBytesMax = Int($1) },
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
