// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// The holder of a right of first refusal answers an offer, or who made it takes it back.
package struct OfferAnswerOrder: SubjectOrder {
    package var agreement: String
    package var offer: String
    package var answer: String
    /// The part that is accepted; `nil` means all of it.
    package var quantity: String?
    package var at: String

    package init(agreement: String, offer: String, answer: String, quantity: String? = nil, at: String) {
        self.agreement = agreement
        self.offer = offer
        self.answer = answer
        self.quantity = quantity
        self.at = at
    }

    private func part() throws(ServiceError) -> Quantity? {
        guard let quantity else { return nil }
        return try EvidenceValue.quantity(quantity, "quantity")
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let kind = try EvidenceValue.word(answer, "answer", among: OfferAnswer.Kind.allCases) { $0.name }
        let part = try part()
        guard part == nil || kind == .accepted else {
            throw ServiceError(.usage, "Only an acceptance may be of a part; leave --quantity out.")
        }
        return .offerAnswer(
            OfferAnswer(
                offer: offer, agreement: agreement, kind: kind, quantity: part,
                at: try EvidenceValue.instant(at, "at")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        _ = try known.agreement(agreement)
        guard let part = try part(), let made = known.offers(under: agreement).last(where: { $0.id == offer }),
            part.nanoUnits == 0 || part.exceeds(made.quantity) != false
        else { return }
        throw ServiceError(
            .usage, "Of \(made.quantity) a part of that can be accepted, in the same unit, not \(part).")
    }
}
