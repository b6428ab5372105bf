// SPDX-License-Identifier: Apache-2.0

/// Counts by a small number, such as the raw value of an enumeration or an HTTP status.
package struct SmallCounts: Sendable, Equatable {
    private var counts: [UInt64]

    /// Counts for the numbers below a bound.
    package init(below bound: Int) {
        counts = Array(repeating: 0, count: bound)
    }

    /// The count of a number; 0 for one that is not counted.
    package subscript(number: Int) -> UInt64 {
        counts.indices.contains(number) ? counts[number] : 0
    }

    /// Counts a number once more; one beyond the bound counts as the last.
    mutating func add(_ number: Int, _ amount: UInt64 = 1) {
        let index = number < counts.count ? number : counts.count &- 1
        counts[index] &+= amount
    }

    mutating func merge(_ other: SmallCounts) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
    }

    /// The counts that are not 0, by name.
    package func named(_ name: (Int) -> String) -> [String: UInt64] {
        var named: [String: UInt64] = [:]
        for (index, count) in counts.enumerated() where count > 0 { named[name(index), default: 0] += count }
        return named
    }
}
