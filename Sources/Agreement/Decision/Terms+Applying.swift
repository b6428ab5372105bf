// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// Whether a clause is about a workload, and none of its carve-outs lets it go.
    ///
    /// - Parameters:
    ///   - clause: the index of the clause.
    ///   - workload: what the request is.
    /// - Returns: whether the clause applies.
    package func applies(_ clause: Int, to workload: Workload) -> Bool {
        let inForce = clauses[clause]
        let named = { (dimension: Dimension, value: String) in
            names(value, of: dimension, in: inForce.agreement)
        }
        return inForce.clause.appliesTo.matches(workload, named: named)
            && !inForce.clause.carveOuts.contains { $0.appliesTo.matches(workload, named: named) }
    }
}
