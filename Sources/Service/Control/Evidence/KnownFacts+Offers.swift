// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension KnownFacts {
    /// A right of first refusal with the terms that give it.
    struct Right {
        let clause: RightOfFirstRefusalClause
        let terms: Terms
        /// Where the clause is among the clauses of the terms.
        let index: Int
    }

    /// The right of first refusal of a name that is or will be in force.
    func right(_ id: String, of document: AgreementDocument) throws(ServiceError) -> Right {
        let rights = periods(of: document).filter { period in
            if case .rightOfFirstRefusal = period.clause.kind { true } else { false }
        }
        let current = rights.filter { $0.to > now }
        guard let period = current.first(where: { $0.clause.id == id }) else {
            if let over = rights.last(where: { $0.clause.id == id }) {
                throw ServiceError(
                    .refused, "The right of first refusal \(document.id)/\(id) ended at \(over.to); it gates nothing.")
            }
            let names = Set(current.map(\.clause.id)).sorted()
            throw ServiceError(
                .usage,
                "The agreement \(document.id) has no right of first refusal '\(EvidenceValue.shown(id))'; "
                    + (names.isEmpty ? "it has none." : "it has: \(names.joined(separator: ", "))."))
        }
        let terms = facts.terms(at: max(now, period.from), includingObserved: true)
        for (index, inForce) in terms.clauses.enumerated() {
            guard inForce.clause.id == id, terms.agreements[inForce.agreement].id == document.id,
                case .rightOfFirstRefusal(let clause) = inForce.clause.kind
            else { continue }
            return Right(clause: clause, terms: terms, index: index)
        }
        throw ServiceError(.refused, "The right of first refusal \(document.id)/\(id) is not in force.")
    }

    /// The standing offers under an agreement, in the order of their recording.
    func offers(under agreement: String) -> [Offer] {
        facts.standingEvidence.compactMap { record in
            if case .offer(let offer) = record.subject, offer.agreement == agreement { offer } else { nil }
        }
    }

    /// Where an offer stands.
    func course(of offer: String, under right: Right) -> OfferCourse {
        right.terms.offerCourse(of: offer, under: right.index, right.clause, people: facts.standingEvidence)
    }
}
