// SPDX-License-Identifier: Apache-2.0

extension Condition {
    /// Whether the workload meets the condition.
    ///
    /// - Parameters:
    ///   - workload: what the request is.
    ///   - named: whether any selector of the agreement names the value, which `other` needs to know.
    /// - Returns: whether it does; the same for the same workload, always.
    package func matches(_ workload: Workload, named: (Dimension, String) -> Bool) -> Bool {
        switch self {
        case .always:
            true
        case .value(let dimension, let patterns):
            patterns.contains { $0.matches(workload[dimension]) { named(dimension, $0) } }
        case .surface(let surfaces):
            surfaces.contains(workload.surface)
        case .feature(let features):
            !features.isDisjoint(with: workload.features)
        case .allOf(let parts):
            parts.allSatisfy { $0.matches(workload, named: named) }
        case .anyOf(let parts):
            parts.contains { $0.matches(workload, named: named) }
        case .not(let part):
            !part.matches(workload, named: named)
        }
    }

    /// Calls the visitor for every pattern on a named dimension.
    package func forEachPattern(_ visit: (Dimension, ValuePattern) -> Void) {
        switch self {
        case .always, .surface, .feature:
            break
        case .value(let dimension, let patterns):
            for pattern in patterns { visit(dimension, pattern) }
        case .allOf(let parts), .anyOf(let parts):
            for part in parts { part.forEachPattern(visit) }
        case .not(let part):
            part.forEachPattern(visit)
        }
    }
}

extension ValuePattern {
    /// Whether a value meets the pattern; the closure says whether the agreement names the value.
    package func matches(_ value: String, isNamed: (String) -> Bool) -> Bool {
        switch self {
        case .any: true
        case .other: !isNamed(value)
        case .exactly(let text): value == text
        case .prefix(let text): value.hasPrefix(text)
        }
    }
}
