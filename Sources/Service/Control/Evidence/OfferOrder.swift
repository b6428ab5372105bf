// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Capacity is offered to the holder of a right of first refusal.
package struct OfferOrder: SubjectOrder {
    package var agreement: String
    package var clause: String
    /// The identifier that deployments on the capacity name.
    package var offer: String
    /// A number, a space and a unit.
    package var quantity: String
    /// When the holder had it.
    package var at: String
    /// Whether it has everything that the clause asks for.
    package var isComplete: Bool

    package init(
        agreement: String, clause: String, offer: String, quantity: String, at: String, isComplete: Bool = true
    ) {
        self.agreement = agreement
        self.clause = clause
        self.offer = offer
        self.quantity = quantity
        self.at = at
        self.isComplete = isComplete
    }

    private func made() throws(ServiceError) -> Offer {
        let quantity = try EvidenceValue.quantity(quantity, "quantity")
        guard quantity.nanoUnits > 0 else {
            throw ServiceError(.usage, "An offer is of more than nothing; give what is offered with --quantity.")
        }
        return Offer(
            id: try EvidenceValue.identifier(offer, "offer"), agreement: agreement, clause: clause,
            quantity: quantity, offered: try EvidenceValue.instant(at, "at"), isComplete: isComplete)
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .offer(try made())
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        let made = try made()
        let right = try known.right(clause, of: try known.agreement(agreement))
        guard !isComplete || known.provenance.documentSHA256 != nil else {
            throw ServiceError(
                .refused,
                "An offer is complete with its document; add --document, or --incomplete while something is missing.")
        }
        if let minimum = right.clause.trigger.minimum, minimum.unit != made.quantity.unit {
            throw ServiceError(
                .usage,
                "The clause \(agreement)/\(clause) counts in \(minimum.unit), not in \(made.quantity.unit); convert it."
            )
        }
        let elsewhere = known.offers(under: agreement).first { $0.id == offer && $0.clause != clause }
        if let elsewhere {
            throw ServiceError(
                .refused,
                "The offer \(offer) was made under \(agreement)/\(elsewhere.clause); give this one another name.")
        }
        let course = known.course(of: offer, under: right)
        var after = course
        after.take(
            made, provenance: known.provenance, recorded: known.now, evidence: known.facts.revision + 1)
        guard after == course else { return }
        throw ServiceError(
            .refused,
            course.state(at: known.now) == .accepted
                ? "The offer \(offer) was accepted and can't be made again; give another one another name."
                : "The offer \(offer) was made, and \(agreement)/\(clause) asks for no other one on improved terms; "
                    + "give another one another name.")
    }
}
