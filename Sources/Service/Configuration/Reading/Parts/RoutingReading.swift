// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// Reads `routing`: when a request moves on, and what is left alone.
enum RoutingReading {
    /// One setting: its key, and where its value goes.
    private struct Setting: Sendable {
        var field: Field<Int64>
        var set: @Sendable (inout RoutingLimits, Int64) -> Void
    }

    static let type: ValueType<RoutingLimits> = {
        let table = FieldTable("`routing`", settings.map(\.field.description))
        return table.type { mapping in
            var values = RoutingLimits()
            for setting in settings {
                if let value = mapping.value(setting.field) { setting.set(&values, value) }
            }
            refuse(values.restMilliseconds, above: values.restMillisecondsMax, "rest", mapping)
            refuse(values.accountRestMilliseconds, above: values.accountRestMillisecondsMax, "account_rest", mapping)
            return values
        }
    }()

    private static let settings: [Setting] = [
        count("retry_percent", 0...100, "retries on what does not work, for each 100 requests.") {
            $0.retryPercent = $1
        },
        count("retries_per_second", 0...1_000, "such retries a second, however few requests there are.") {
            $0.retriesPerSecondMin = $1
        },
        count("retry_burst", 0...100_000, "how many such retries may be saved up.") { $0.retryBurstMax = $1 },
        count("failures", 1...1_000, "after how many failures in a row a deployment rests.") { $0.failuresMax = $1 },
        time("rest", "how long it rests the first time; each further time twice as long.") { $0.restMilliseconds = $1 },
        time("rest_max", "how long it rests at most.") { $0.restMillisecondsMax = $1 },
        count("account_faults", 1...1_000, "after how many refusals in a row an account rests.") {
            $0.accountFaultsMax = $1
        },
        time("account_rest", "how long it rests the first time; each further time twice as long.") {
            $0.accountRestMilliseconds = $1
        },
        time("account_rest_max", "how long it rests at most.") { $0.accountRestMillisecondsMax = $1 },
        time("first_token", "how long a stream may show nothing.") { $0.firstTokenMilliseconds = $1 },
        count("stream_rate", 0...10_000, "events with content a second that a stream must bring; 0 for any.") {
            $0.streamEventsPerSecondMin = $1
        },
        count("answer_rate", 0...1_000_000, "bytes a second that an answer held back must bring; 0 for any.") {
            $0.answerBytesPerSecondMin = $1
        },
        time("rate_window", "over how long both rates are measured.") { $0.rateWindowMilliseconds = $1 },
    ]

    private static func refuse(_ first: Int64, above longest: Int64, _ key: String, _ mapping: MappingReading) {
        guard first > longest else { return }
        let written = mapping.keyPlace(of: key) == nil ? key + "_max" : key
        mapping.context.error(
            .invalidDuration, at: mapping.place(of: written), offending: mapping.node(of: written)?.summary ?? "",
            message: "the first rest would be longer than the longest one",
            expected: "`\(key)`, \(Duration.written(first)), at most `\(key)_max`, \(Duration.written(longest))",
            mend: "write a shorter `\(key)`, or a longer `\(key)_max`")
    }

    private static func count(
        _ name: String, _ range: ClosedRange<Int64>, _ summary: String,
        set: @escaping @Sendable (inout RoutingLimits, Int) -> Void
    ) -> Setting {
        Setting(field: .optional(name, .integer(range), summary)) { set(&$0, Int($1)) }
    }

    /// A time from 10 milliseconds to an hour.
    private static func time(
        _ name: String, _ summary: String, set: @escaping @Sendable (inout RoutingLimits, Int64) -> Void
    ) -> Setting {
        Setting(field: .optional(name, .duration(10...3_600_000), summary), set: set)
    }
}
