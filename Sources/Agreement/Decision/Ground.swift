// SPDX-License-Identifier: Apache-2.0

/// Why a request may leave the primary cloud.
package enum Ground: UInt8, Sendable, CaseIterable {
    case capacity, declined, carveOut, notCovered, outage

    /// The name as written in agreements, headers and records.
    package var name: String {
        switch self {
        case .capacity: "capacity"
        case .declined: "declined"
        case .carveOut: "carve-out"
        case .notCovered: "not-covered"
        case .outage: "outage"
        }
    }
}

/// Several grounds.
package struct GroundSet: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package init(_ ground: Ground) {
        rawValue = 1 << ground.rawValue
    }

    package static let capacity = GroundSet(.capacity)
    package static let declined = GroundSet(.declined)
    package static let carveOut = GroundSet(.carveOut)
    package static let notCovered = GroundSet(.notCovered)
    package static let outage = GroundSet(.outage)

    /// The grounds in the set.
    package var grounds: [Ground] {
        Ground.allCases.filter { contains(GroundSet($0)) }
    }
}

/// A condition over grounds that evidence can establish: `capacity`, `declined`, `outage`.
package indirect enum GroundCondition: Sendable, Equatable {
    case ground(Ground)
    case allOf([GroundCondition])
    case anyOf([GroundCondition])

    /// A condition that no ground satisfies.
    package static let never = GroundCondition.anyOf([])

    /// Whether the established grounds satisfy the condition.
    package func isSatisfied(by established: GroundSet) -> Bool {
        switch self {
        case .ground(let ground): established.contains(GroundSet(ground))
        case .allOf(let parts): parts.allSatisfy { $0.isSatisfied(by: established) }
        case .anyOf(let parts): parts.contains { $0.isSatisfied(by: established) }
        }
    }

    /// The grounds named, each once, in the order of the text.
    package var named: [Ground] {
        var seen: [Ground] = []
        func visit(_ condition: GroundCondition) {
            switch condition {
            case .ground(let ground): if !seen.contains(ground) { seen.append(ground) }
            case .allOf(let parts), .anyOf(let parts): parts.forEach(visit)
            }
        }
        visit(self)
        return seen
    }
}
