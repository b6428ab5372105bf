// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// The terms with some of their clauses alone, which decide every request of that group as the whole terms do.
    ///
    /// Where a selector of the group says `other`, the clauses that name values of that dimension stay, because they say
    /// what is other.
    func restricted(to group: [Int]) -> Terms {
        var kept = Set(group)
        var asked: Set<AgreementDimension> = []
        for index in group {
            for condition in clauses[index].clause.conditions {
                condition.forEachPattern { dimension, pattern in
                    if pattern == .other {
                        asked.insert(AgreementDimension(agreement: clauses[index].agreement, dimension: dimension))
                    }
                }
            }
        }
        if !asked.isEmpty {
            for index in clauses.indices {
                for condition in clauses[index].clause.conditions {
                    condition.forEachPattern { dimension, _ in
                        let named = AgreementDimension(agreement: clauses[index].agreement, dimension: dimension)
                        if asked.contains(named) { kept.insert(index) }
                    }
                }
            }
        }
        var restricted = self
        restricted.clauses = kept.sorted().map { clauses[$0] }
        return restricted
    }

    /// A dimension as one agreement speaks of it.
    private struct AgreementDimension: Hashable {
        var agreement: Int
        var dimension: Dimension
    }
}

extension Terms.InForce {
    /// What tells one wording of a clause from every other of the same agreements.
    struct Identity: Hashable, Comparable {
        var agreement: Int
        var clause: String
        var instrument: String
        var isLapsed: Bool

        static func < (left: Identity, right: Identity) -> Bool {
            (left.agreement, left.clause, left.instrument, left.isLapsed ? 1 : 0)
                < (right.agreement, right.clause, right.instrument, right.isLapsed ? 1 : 0)
        }
    }

    var identity: Identity {
        Identity(agreement: agreement, clause: clause.id, instrument: instrument, isLapsed: isLapsed)
    }
}
