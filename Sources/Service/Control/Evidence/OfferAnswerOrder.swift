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

    private func given() throws(ServiceError) -> OfferAnswer {
        var part: Quantity?
        if let quantity { part = try EvidenceValue.quantity(quantity, "quantity") }
        return OfferAnswer(
            offer: offer, agreement: agreement,
            kind: try EvidenceValue.word(answer, "answer", among: OfferAnswer.Kind.allCases) { $0.name },
            quantity: part, at: try EvidenceValue.instant(at, "at"))
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let given = try given()
        guard given.quantity == nil || given.kind == .accepted else {
            throw ServiceError(.usage, "Only an acceptance may be of a part; leave --quantity out.")
        }
        return .offerAnswer(given)
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        let given = try given()
        let document = try known.agreement(agreement)
        let offers = known.offers(under: agreement)
        guard let made = offers.last(where: { $0.id == offer }) else {
            let names = Set(offers.map(\.id)).sorted()
            throw ServiceError(
                .usage,
                "No offer '\(EvidenceValue.shown(offer))' under \(agreement) is recorded; "
                    + (names.isEmpty
                        ? "record it first with `concordat evidence add offer`."
                        : "recorded are \(names.joined(separator: ", "))."))
        }
        let right = try known.right(made.clause, of: document)
        try checkParty(given, holder: right.clause.holder, known)
        if let part = given.quantity { try check(part, of: made, right.clause) }
        let course = known.course(of: offer, under: right)
        var after = course
        after.take(
            given, by: known.provenance.party, recorded: known.now, evidence: known.facts.revision + 1)
        guard after == course else { return }
        throw ServiceError(.refused, reason(given, made, course, now: known.now))
    }

    private func checkParty(_ given: OfferAnswer, holder: String, _ known: KnownFacts) throws(ServiceError) {
        let party = known.provenance.party
        guard (party == holder) != (given.kind == .withdrawn) else {
            throw ServiceError(
                .refused,
                given.kind == .withdrawn
                    ? "An offer is withdrawn by who made it, not by \(holder), which has the right."
                    : "An offer is \(given.kind.name) by \(holder), which has the right, not by \(party).")
        }
    }

    private func check(
        _ part: Quantity, of made: Offer, _ clause: RightOfFirstRefusalClause
    ) throws(ServiceError) {
        guard part.nanoUnits > 0, part.exceeds(made.quantity) == false else {
            throw ServiceError(
                .usage, "Of \(made.quantity) a part of that can be accepted, in the same unit, not \(part).")
        }
        guard clause.partial == .split || part == made.quantity else {
            throw ServiceError(
                .refused,
                "The clause \(agreement)/\(made.clause) lets the holder take everything or nothing, not \(part) of "
                    + "\(made.quantity).")
        }
    }

    /// Why an answer does nothing.
    private func reason(_ given: OfferAnswer, _ made: Offer, _ course: OfferCourse, now: Instant) -> String {
        if given.at < made.offered {
            return "The answer is dated \(given.at), before the offer \(offer) at \(made.offered); correct --at."
        }
        if let answerBy = course.answerBy, given.at >= answerBy {
            return "The offer \(offer) was to be answered before \(answerBy); an answer at \(given.at) is too late."
        }
        let state = course.state(at: now).map(\.words) ?? "not known yet"
        return "The offer \(offer) is \(state) and can't be \(given.kind.name) any more."
    }
}

extension OfferCourse.State {
    fileprivate var words: String {
        switch self {
        case .incomplete: "not complete"
        case .open: "open"
        case .accepted: "accepted"
        case .partlyAccepted: "partly accepted"
        case .declined: "declined"
        case .lapsed: "lapsed"
        case .withdrawn: "withdrawn"
        case .belowTrigger: "smaller than what must be offered"
        case .expired: "declined or lapsed, and the time to close the other deal is over"
        }
    }
}
