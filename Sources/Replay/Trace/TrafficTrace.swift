// SPDX-License-Identifier: Apache-2.0

/// Recorded or made-up traffic: when requests arrive and how many tokens each has.
package struct TrafficTrace: Equatable, Sendable {
    /// The file that it was read from.
    package let source: String
    /// The arrivals in order of time; never empty.
    package let rows: [TraceRow]
    /// What the reader changed, as sentences for a person; empty where the file was taken as it stands.
    package let notes: [String]

    package init(source: String, rows: [TraceRow], notes: [String]) {
        precondition(!rows.isEmpty, "a trace has at least one arrival")
        self.source = source
        self.rows = rows
        self.notes = notes
    }

    /// What the trace holds, in numbers.
    package func summary() -> TraceSummary {
        TraceSummary(rows)
    }
}
