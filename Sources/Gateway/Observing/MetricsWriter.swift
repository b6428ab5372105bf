// SPDX-License-Identifier: Apache-2.0

/// Writes the Prometheus text format, version 0.0.4, family by family.
package struct MetricsWriter {
    /// One value with its labels, as ``labels(_:)`` writes them.
    package typealias Row<Value> = (labels: String, value: Value)

    /// What was written.
    package private(set) var text = ""

    package init() {}

    /// Labels as they stand between the braces, with their values escaped.
    package static func labels(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\($0.name)=\"\(escape($0.value))\"" }.joined(separator: ",")
    }

    /// Writes a family of counters.
    package mutating func counter(_ name: String, _ help: String, _ rows: [Row<UInt64>]) {
        head(name, help, "counter")
        for row in rows { line(name, row.labels, "\(row.value)") }
    }

    /// Writes counters with one label, in the order of its values.
    package mutating func counter(_ name: String, _ help: String, by label: String, _ counts: [String: UInt64]) {
        counter(
            name, help,
            counts.sorted { $0.key < $1.key }.map { (Self.labels([(label, $0.key)]), $0.value) })
    }

    /// Writes a family of gauges.
    package mutating func gauge(_ name: String, _ help: String, _ rows: [Row<Double>]) {
        head(name, help, "gauge")
        for row in rows { line(name, row.labels, "\(row.value)") }
    }

    /// Writes a gauge of a whole number.
    package mutating func gauge(_ name: String, _ help: String, whole value: UInt64) {
        head(name, help, "gauge")
        line(name, "", "\(value)")
    }

    /// Writes a counter that is not a whole number, such as seconds.
    package mutating func counter(_ name: String, _ help: String, seconds: Double) {
        head(name, help, "counter")
        line(name, "", "\(seconds)")
    }

    /// Writes a family of histograms; rows with equal labels are added up, and those without a value left out.
    ///
    /// - Parameters:
    ///   - name: the family's name.
    ///   - help: what it is.
    ///   - parts: tables with equal bounds, each with the labels of its rows.
    package mutating func histogram(
        _ name: String, _ help: String, _ parts: [(table: HistogramTable, labels: [String])]
    ) {
        guard let first = parts.first?.table else { return }
        var sums = HistogramTable(bounds: first.bounds.map { Double($0) / first.scale }, scale: first.scale)
        var rows: [String: Int] = [:]
        for (table, labels) in parts {
            for row in 0..<table.rowCount where table.counts(row: row).contains(where: { $0 > 0 }) {
                let own = rows[labels[row]] ?? rows.count
                rows[labels[row]] = own
                sums.add(table, row: row, to: own)
            }
        }
        head(name, help, "histogram")
        for (labels, row) in rows.sorted(by: { $0.key < $1.key }) {
            let before = labels.isEmpty ? "" : labels + ","
            var count: UInt64 = 0
            for (bucket, value) in zip(sums.bounds, sums.counts(row: row)) {
                count += value
                line(name + "_bucket", before + "le=\"\(Double(bucket) / sums.scale)\"", "\(count)")
            }
            count += sums.counts(row: row).last ?? 0
            line(name + "_bucket", before + "le=\"+Inf\"", "\(count)")
            line(name + "_sum", labels, "\(Double(sums.sum(row: row)) / sums.scale)")
            line(name + "_count", labels, "\(count)")
        }
    }

    private mutating func head(_ name: String, _ help: String, _ type: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    private static func escape(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
