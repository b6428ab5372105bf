// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// What a clause is to a workload.
    enum Application: Equatable {
        case applies
        /// The carve-out of this name lets the workload go.
        case carvedOut(String)
        /// The clause is about others.
        case otherWorkload
    }

    /// What a clause is to a workload.
    ///
    /// - Parameters:
    ///   - clause: the index of the clause.
    ///   - workload: what the request is.
    /// - Returns: whether it applies, or why not.
    func application(of clause: Int, to workload: Workload) -> Application {
        let inForce = clauses[clause]
        let named = { (dimension: Dimension, value: String) in
            names(value, of: dimension, in: inForce.agreement)
        }
        guard inForce.clause.appliesTo.matches(workload, named: named) else { return .otherWorkload }
        let carveOut = inForce.clause.carveOuts.first { $0.appliesTo.matches(workload, named: named) }
        return carveOut.map { .carvedOut($0.id) } ?? .applies
    }

    /// Whether a clause is about a workload, and none of its carve-outs lets it go.
    package func applies(_ clause: Int, to workload: Workload) -> Bool {
        application(of: clause, to: workload) == .applies
    }
}
