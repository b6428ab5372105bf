// SPDX-License-Identifier: Apache-2.0

/// What a trace does not say, assumed: the product, customer class, model, features and streaming of each arrival.
package struct TrafficMix: Equatable, Sendable {
    /// The file that it was read from.
    package let source: String
    /// The kinds of request; never empty.
    package let entries: [MixEntry]
    private let weightTotal: UInt64

    package init(source: String, entries: [MixEntry]) {
        precondition(!entries.isEmpty, "a mix has at least one entry")
        self.source = source
        self.entries = entries
        weightTotal = entries.reduce(0) { $0 + UInt64($1.weight) }
    }

    /// The entry of the arrival at a position in the trace, from 0.
    ///
    /// The same seed and position always give the same entry, in any order of asking.
    package func draw(arrival: Int, seed: UInt64) -> MixEntry {
        let random = SplitMix64.value(seed: seed, position: arrival)
        var left = random.multipliedFullWidth(by: weightTotal).high
        for entry in entries.dropLast() {
            if left < UInt64(entry.weight) { return entry }
            left -= UInt64(entry.weight)
        }
        return entries[entries.count - 1]
    }

    /// The mix as a table for a report, named as assumed.
    package func describe(seed: UInt64) -> String {
        let titles = ["share", "product", "customer class", "model", "features", "stream"]
        let rows = entries.map { entry in
            [
                "\(Self.tenthsOfPercent(entry.weight, of: weightTotal)) %",
                entry.product,
                entry.customerClass,
                entry.model,
                entry.features.isEmpty ? "-" : entry.features.map(\.rawValue).joined(separator: "+"),
                entry.streams ? "yes" : "no",
            ]
        }
        let widths = titles.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
        let lines = ([titles] + rows).map { cells in
            var line = ""
            for (cell, width) in zip(cells, widths) {
                line += (line.isEmpty ? "" : "  ") + cell + String(repeating: " ", count: width - cell.count)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
        return (["assumed (\(source), seed \(seed)), not in the trace:"] + lines).joined(separator: "\n") + "\n"
    }

    private static func tenthsOfPercent(_ weight: Int, of total: UInt64) -> String {
        let tenths = (UInt64(weight) * 1_000 + total / 2) / total
        return "\(tenths / 10).\(tenths % 10)"
    }
}
