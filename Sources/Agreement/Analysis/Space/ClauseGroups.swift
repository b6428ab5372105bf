// SPDX-License-Identifier: Apache-2.0

/// Divides terms into groups of clauses that no request of another group can meet.
///
/// A decision reads the clauses whose selectors match the request, and no others. Two clauses are therefore connected
/// when one request can match both; whatever a request matches then lies in one group, and each group can be enumerated
/// over its own dimensions alone. The test for "can match both" may say yes too often, which only makes groups larger.
struct ClauseGroups {
    /// Beyond so many comparisons all clauses count as one group.
    static let comparisonsMax = 2_000_000

    /// The groups, each the indexes of its clauses in the terms, in order.
    let groups: [[Int]]

    /// - Parameter selectors: the selectors of the clauses.
    init(_ selectors: [Condition]) {
        let reaches = selectors.map { SelectorReach($0) }
        guard let pairs = Self.pairs(reaches) else {
            groups = selectors.isEmpty ? [] : [Array(selectors.indices)]
            return
        }
        var parents = Array(selectors.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        for (left, right) in pairs {
            let (first, second) = (root(left), root(right))
            guard first != second, reaches[left].overlaps(reaches[right]) else { continue }
            parents[max(first, second)] = min(first, second)
        }
        var members: [Int: [Int]] = [:]
        for index in selectors.indices { members[root(index), default: []].append(index) }
        groups = members.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The pairs that have to be compared; `nil` where they are too many.
    ///
    /// Clauses that name single values of one dimension are compared only where they share one of them.
    private static func pairs(_ reaches: [SelectorReach]) -> [(Int, Int)]? {
        let dimension = Dimension.allCases.max { left, right in
            reaches.count { $0.values(of: left) != nil } < reaches.count { $0.values(of: right) != nil }
        }
        var buckets: [String: [Int]] = [:]
        var wide: [Int] = []
        for (index, reach) in reaches.enumerated() {
            guard let dimension, let values = reach.values(of: dimension) else {
                wide.append(index)
                continue
            }
            for value in values { buckets[value, default: []].append(index) }
        }
        let compared = buckets.values.reduce(wide.count * reaches.count) { $0 + $1.count * $1.count }
        guard compared <= comparisonsMax else { return nil }
        var pairs: [(Int, Int)] = []
        for bucket in buckets.sorted(by: { $0.key < $1.key }).map(\.value) + [wide] {
            for (position, left) in bucket.enumerated() {
                for right in bucket[(position + 1)...] { pairs.append((left, right)) }
            }
        }
        let isWide = Set(wide)
        for left in wide {
            for right in reaches.indices where !isWide.contains(right) { pairs.append((left, right)) }
        }
        return pairs
    }
}
