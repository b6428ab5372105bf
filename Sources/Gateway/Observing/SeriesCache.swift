// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Providers

/// What one event loop remembers of each upstream target for its counts: the row, and whether it fails.
struct SeriesCache {
    struct Known {
        /// Held, so that no other target comes to stand at its address.
        let target: UpstreamTarget
        let row: Int
        /// How the target fails, as far as this loop has told.
        var failing: SignalClass?
        var toldAt = NIODeadline.uptimeNanoseconds(0)
    }

    struct Key: Hashable {
        var target: ObjectIdentifier
        var operation: GenAIOperation
    }

    /// How many targets are remembered.
    static let targetsMax = 4_096

    private var known: [Key: Known] = [:]

    init() {}

    /// Looks at what is remembered of a target, and changes it.
    mutating func with<Value>(
        _ target: UpstreamTarget, _ operation: GenAIOperation, row: () -> Int, _ body: (inout Known) -> Value
    ) -> Value {
        let key = Key(target: ObjectIdentifier(target), operation: operation)
        if let index = known.index(forKey: key) { return body(&known.values[index]) }
        if known.count >= Self.targetsMax { known.removeAll(keepingCapacity: true) }
        var made = Known(target: target, row: row())
        defer { known[key] = made }
        return body(&made)
    }
}
