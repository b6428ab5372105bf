// SPDX-License-Identifier: Apache-2.0

internal import Providers

/// Which row of the `gen_ai` metrics each upstream target has, as one event loop remembers it.
struct SeriesCache {
    private struct Known {
        /// Held, so that no other target comes to stand at its address.
        let target: UpstreamTarget
        let row: Int
    }

    private struct Key: Hashable {
        var target: ObjectIdentifier
        var operation: GenAIOperation
    }

    /// How many targets are remembered.
    static let targetsMax = 4_096

    private var known: [Key: Known] = [:]

    init() {}

    /// The row of a target, which is found where it is not remembered.
    mutating func row(_ target: UpstreamTarget, _ operation: GenAIOperation, find: () -> Int) -> Int {
        let key = Key(target: ObjectIdentifier(target), operation: operation)
        if let known = known[key] { return known.row }
        if known.count >= Self.targetsMax { known.removeAll(keepingCapacity: true) }
        let row = find()
        known[key] = Known(target: target, row: row)
        return row
    }
}
