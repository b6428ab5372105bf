// SPDX-License-Identifier: Apache-2.0

/// What a selector can match at most, one dimension at a time.
struct SelectorReach {
    /// What a selector demands of one dimension.
    private enum Demand {
        case oneOf([ValuePattern])
        case noneOf([ValuePattern])
    }

    private var demands: [Dimension: [Demand]] = [:]
    private var surfaces = Set(Surface.allCases)

    init(_ condition: Condition) {
        add(condition, negated: false)
    }

    private mutating func add(_ condition: Condition, negated: Bool) {
        switch (condition, negated) {
        case (.always, true):
            surfaces = []
        case (.always, false), (.feature, _):
            break
        case (.value(let dimension, let patterns), let negated):
            demands[dimension, default: []].append(negated ? .noneOf(patterns) : .oneOf(patterns))
        case (.surface(let some), let negated):
            if negated { surfaces.subtract(some) } else { surfaces.formIntersection(some) }
        case (.not(let part), let negated):
            add(part, negated: !negated)
        case (.allOf(let parts), false), (.anyOf(let parts), true):
            for part in parts { add(part, negated: negated) }
        case (.anyOf(let parts), false), (.allOf(let parts), true):
            addAny(of: parts, negated: negated)
        }
    }

    /// Of alternatives only what they have in common is kept.
    private mutating func addAny(of parts: [Condition], negated: Bool) {
        let alternatives = parts.map { part in
            var reach = SelectorReach(.always)
            reach.add(part, negated: negated)
            return reach
        }
        surfaces.formIntersection(alternatives.reduce(into: Set()) { $0.formUnion($1.surfaces) })
        for dimension in Dimension.allCases {
            let demanded = alternatives.compactMap { alternative -> [ValuePattern]? in
                guard case .oneOf(let some)? = alternative.demands[dimension]?.first else { return nil }
                return some
            }
            if !alternatives.isEmpty, demanded.count == alternatives.count {
                demands[dimension, default: []].append(.oneOf(demanded.flatMap { $0 }))
            }
        }
    }

    /// The single values of a dimension that the selector demands one of; `nil` where it can match others.
    func values(of dimension: Dimension) -> [String]? {
        for case .oneOf(let patterns) in demands[dimension] ?? [] {
            let values = patterns.compactMap { pattern in
                if case .exactly(let text) = pattern { return text }
                return nil
            }
            if values.count == patterns.count { return values }
        }
        return nil
    }

    /// Whether one request may match both; never `false` where one does.
    func overlaps(_ other: SelectorReach) -> Bool {
        guard !surfaces.isDisjoint(with: other.surfaces) else { return false }
        for dimension in Dimension.allCases {
            for demand in demands[dimension] ?? [] {
                for otherDemand in other.demands[dimension] ?? [] where !Self.meet(demand, otherDemand) { return false }
            }
        }
        return true
    }

    private static func meet(_ left: Demand, _ right: Demand) -> Bool {
        switch (left, right) {
        case (.oneOf(let some), .oneOf(let others)):
            some.contains { pattern in others.contains { pattern.meets($0) } }
        case (.oneOf(let some), .noneOf(let excluded)), (.noneOf(let excluded), .oneOf(let some)):
            some.contains { pattern in !excluded.contains { $0.holds(all: pattern) } }
        case (.noneOf, .noneOf):
            true
        }
    }
}

extension ValuePattern {
    /// Whether one value may meet both patterns.
    fileprivate func meets(_ other: ValuePattern) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any), (.other, _), (_, .other): true
        case (.exactly(let left), .exactly(let right)): left == right
        case (.exactly(let value), .prefix(let prefix)), (.prefix(let prefix), .exactly(let value)):
            value.hasPrefix(prefix)
        case (.prefix(let left), .prefix(let right)): left.hasPrefix(right) || right.hasPrefix(left)
        }
    }

    /// Whether every value of another pattern is known to meet this one.
    fileprivate func holds(all other: ValuePattern) -> Bool {
        switch (self, other) {
        case (.any, _): true
        case (.exactly(let left), .exactly(let right)): left == right
        case (.prefix(let prefix), .exactly(let text)), (.prefix(let prefix), .prefix(let text)):
            text.hasPrefix(prefix)
        default: false
        }
    }
}
