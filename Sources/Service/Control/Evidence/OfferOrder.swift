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

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let quantity = try EvidenceValue.quantity(quantity, "quantity")
        guard quantity.nanoUnits > 0 else {
            throw ServiceError(.usage, "An offer is of more than nothing; give what is offered with --quantity.")
        }
        return .offer(
            Offer(
                id: try EvidenceValue.identifier(offer, "offer"), agreement: agreement, clause: clause,
                quantity: quantity, offered: try EvidenceValue.instant(at, "at"), isComplete: isComplete))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        _ = try known.agreement(agreement)
        // Answers name the offer alone, so that it has one name under the whole agreement.
        let other = known.offers(under: agreement).first { $0.id == offer && $0.clause != clause }
        guard let other else { return }
        throw ServiceError(
            .refused, "The offer \(offer) was made under \(agreement)/\(other.clause); give this one another name.")
    }
}
