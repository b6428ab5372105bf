// SPDX-License-Identifier: Apache-2.0

/// Histograms of one measure, a row for each set of labels: counts by bucket and a sum, all in one array.
///
/// An observation is two increments, and copying a table for a reader is one copy.
package struct HistogramTable: Sendable, Equatable {
    /// The upper bounds of the buckets, in the measure's smallest unit; one more bucket takes what is above them.
    let bounds: [UInt64]
    /// How many of the smallest unit are one of the unit that is shown.
    let scale: Double
    private var cells: [UInt64] = []

    /// A table without rows.
    ///
    /// - Parameters:
    ///   - bounds: the upper bounds of the buckets, ascending, in the unit that is shown.
    ///   - scale: how many of the smallest unit are one of it.
    ///   - rows: how many rows there are at first.
    package init(bounds: [Double], scale: Double, rows: Int = 0) {
        self.bounds = bounds.map { UInt64(($0 * scale).rounded()) }
        self.scale = scale
        grow(toRows: rows)
    }

    /// A table of times that are measured in nanoseconds and shown in seconds.
    package static func seconds(_ bounds: [Double], rows: Int = 0) -> HistogramTable {
        HistogramTable(bounds: bounds, scale: 1e9, rows: rows)
    }

    private var stride: Int { bounds.count + 2 }

    /// How many rows there are.
    package var rowCount: Int { cells.count / stride }

    /// Makes room for rows.
    mutating func grow(toRows rows: Int) {
        guard rows > rowCount else { return }
        cells.append(contentsOf: repeatElement(0, count: rows * stride - cells.count))
    }

    /// Counts one value.
    mutating func observe(_ value: UInt64, row: Int) {
        let start = row &* stride
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket &+= 1 }
        cells[start &+ bucket] &+= 1
        cells[start &+ bounds.count &+ 1] &+= value
    }

    /// Counts a time; one that is below nothing counts as nothing.
    mutating func observe(nanoseconds: Int64, row: Int) {
        observe(UInt64(max(0, nanoseconds)), row: row)
    }

    /// Adds another table's row to one of this.
    mutating func add(_ other: HistogramTable, row: Int, to own: Int) {
        grow(toRows: own + 1)
        for index in 0..<stride { cells[own * stride + index] &+= other.cells[row * stride + index] }
    }

    /// Adds all rows of a table with the same rows.
    mutating func add(_ other: HistogramTable) {
        for row in 0..<other.rowCount { add(other, row: row, to: row) }
    }

    /// The counts of a row by bucket.
    func counts(row: Int) -> ArraySlice<UInt64> {
        cells[row * stride..<row * stride + bounds.count + 1]
    }

    /// How many values a row has.
    package func count(row: Int) -> UInt64 {
        counts(row: row).reduce(0, &+)
    }

    /// The sum of a row's values in the smallest unit.
    package func sum(row: Int) -> UInt64 {
        cells[row * stride + bounds.count + 1]
    }
}
