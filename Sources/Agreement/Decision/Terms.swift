// SPDX-License-Identifier: Apache-2.0

/// The clauses in force at an instant, of one or several agreements.
package struct Terms: Sendable, Equatable {
    /// An agreement as far as decisions need it.
    package struct Party: Sendable, Equatable {
        /// The agreement's identifier.
        package var id: String
        /// Which party operates each cloud that the agreement declares.
        package var operators: [String: String]
        /// In which days it counts.
        package var days: OfferDays
    }

    /// One clause in force, or a licence that has run out and therefore forbids.
    package struct InForce: Sendable, Equatable {
        /// The index of its agreement in ``Terms/agreements``.
        package var agreement: Int
        /// The instrument that put it in force.
        package var instrument: String
        package var clause: Clause
        /// When it came into force.
        package var from: Instant
        /// When it goes out of force (closed-open).
        package var to: Instant
        /// A licence outside its term.
        package var isLapsed: Bool
    }

    package var agreements: [Party]
    /// The clauses, by agreement and identifier.
    package var clauses: [InForce]
    /// From when these are the terms.
    package var validFrom: Instant
    /// The next boundary; at it and after it other terms may hold.
    package var validUntil: Instant

    /// What a decision calls a clause: `agreement/clause`.
    package func reference(_ clause: Int) -> String {
        agreements[clauses[clause].agreement].id + "/" + clauses[clause].clause.id
    }

    /// Whether any selector of the agreement names a value, which the pattern `other` asks.
    package func names(_ value: String, of dimension: Dimension, in agreement: Int) -> Bool {
        var isNamed = false
        for inForce in clauses where inForce.agreement == agreement {
            let conditions = [inForce.clause.appliesTo] + inForce.clause.carveOuts.map(\.appliesTo)
            for condition in conditions {
                condition.forEachPattern { patternDimension, pattern in
                    guard patternDimension == dimension else { return }
                    switch pattern {
                    case .exactly(let text): isNamed = isNamed || text == value
                    case .prefix(let text): isNamed = isNamed || value.hasPrefix(text)
                    case .any, .other: break
                    }
                }
            }
        }
        return isNamed
    }
}
