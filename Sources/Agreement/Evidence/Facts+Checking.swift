// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// Refuses a record that would do nothing, with the reason, before it is recorded.
    ///
    /// - Parameters:
    ///   - subject: what would be recorded.
    ///   - party: for whom.
    ///   - document: the SHA-256 of its document; `nil` where it has none.
    ///   - now: when it would be recorded.
    /// - Throws: why it does not fit what is known.
    package func check(
        _ subject: PeopleEvidence.Subject, by party: String, document: [UInt8]?, now: Instant
    ) throws(EvidenceError) {
        switch subject {
        case .migration(let report):
            if var known = migrations.first(where: { $0.id == report.migration }) {
                try known.take(report, recorded: now)
            } else {
                _ = try Migration(report, recorded: now, evidence: 0)
            }
        case .event(let report): try check(report, by: party, now: now)
        case .offer(let offer): try check(offer, document: document, now: now)
        case .offerAnswer(let answer): try check(answer, by: party, now: now)
        case .meterReading(let reading): try check(reading, now: now)
        case .attestation(let of):
            guard people.contains(where: { $0.revision == of && !$0.attestation.isComplete }) else {
                throw EvidenceError(.unknown, "No record with the number \(of) waits for an attestation.")
            }
        case .decline, .launch, .override, .revocation, .support, .notice:
            break
        }
    }

    private func check(_ report: EventReport, by party: String, now: Instant) throws(EvidenceError) {
        guard let known = eventCourses(of: report.agreement).first(where: { $0.event.id == report.event }) else {
            let events = agreements[report.agreement]?.events.map(\.id) ?? []
            throw EvidenceError(
                .unknown,
                "The agreement \(report.agreement) has no event '\(report.event)'; it has \(Self.listed(events)).")
        }
        var course = known
        course.take(
            report, by: party, recorded: now, under: eventDefinition(report.event, of: report.agreement, at: now))
        guard course == known else { return }
        let event = known.event
        let speakers: [String]
        switch report.step {
        case .declared: speakers = [event.declaredBy]
        case .verified: speakers = [event.verifiedBy].compactMap { $0 }
        case .challenged: speakers = [party]
        case .reversed: speakers = [event.declaredBy, event.verifiedBy].compactMap { $0 }
        }
        guard speakers.contains(party) else {
            throw EvidenceError(
                .party,
                speakers.isEmpty
                    ? "The event \(event.id) needs no verification."
                    : "The event \(event.id) is \(report.step.name) by \(speakers.joined(separator: " or ")), not by "
                        + "\(party).")
        }
        guard report.step == .reversed, known.state == .happened || known.state == .challenged else {
            throw EvidenceError(
                .state,
                "The event \(event.id) is \(known.state.name); that it is \(report.step.name) changes nothing.")
        }
        throw EvidenceError(
            .state,
            "The event \(event.id) is \(known.state.name), and its definition does not let it be reversed now: "
                + "either it never does, or a challenge in time has to come first.")
    }

    private func check(_ offer: Offer, document: [UInt8]?, now: Instant) throws(EvidenceError) {
        let (right, course) = try right(of: offer.agreement, offer.clause, offer: offer.id, now: now)
        if offer.isComplete, document == nil {
            throw EvidenceError(
                .missing,
                "A complete offer needs the document of its terms; add it, or record the offer as incomplete.")
        }
        if let minimum = right.trigger.minimum, minimum.unit != offer.quantity.unit {
            throw EvidenceError(
                .value,
                "The clause \(offer.clause) counts in \(minimum.unit), not in \(offer.quantity.unit); "
                    + "give the quantity in \(minimum.unit).")
        }
        if course.isSettled {
            let state = course.state(at: now)?.name ?? "made"
            throw EvidenceError(
                .state,
                "The offer \(offer.id) is \(state) and can't be made again; make another one under another identifier.")
        }
    }

    private func check(_ answer: OfferAnswer, by party: String, now: Instant) throws(EvidenceError) {
        var made: Offer?
        for record in standingEvidence {
            guard case .offer(let offer) = record.subject, offer.id == answer.offer,
                offer.agreement == answer.agreement
            else { continue }
            made = offer
        }
        guard let made else {
            throw EvidenceError(
                .unknown,
                "No offer '\(answer.offer)' under the agreement \(answer.agreement) is known; record it first.")
        }
        let (right, course) = try right(of: made.agreement, made.clause, offer: made.id, now: now)
        guard (answer.kind == .withdrawn) != (party == right.holder) else {
            throw EvidenceError(
                .party,
                answer.kind == .withdrawn
                    ? "\(right.holder) has the right and can't withdraw the offer \(made.id); it accepts or declines."
                    : "The offer \(made.id) is \(answer.kind.name) by \(right.holder), not by \(party).")
        }
        var answered = course
        answered.take(answer, by: party, recorded: now, evidence: 0)
        guard answered == course else { return }
        guard let answerBy = course.answerBy else {
            let state = course.state(at: now)?.name ?? "unknown"
            throw EvidenceError(
                .state, "The offer \(made.id) is \(state) and can't be \(answer.kind.name); see its course.")
        }
        guard answer.at >= made.offered, answer.at < answerBy else {
            throw EvidenceError(
                .order,
                "The offer \(made.id) could be answered from \(made.offered) until before \(answerBy), "
                    + "not at \(answer.at).")
        }
        throw EvidenceError(
            .value,
            "The clause \(made.clause) takes all or nothing of the offer \(made.id); accept \(made.quantity), "
                + "or decline it.")
    }

    private func check(_ reading: MeterReading, now: Instant) throws(EvidenceError) {
        let limits = terms(from: now).flatMap { terms in
            terms.clauses.compactMap { inForce -> LimitClause? in
                guard case .limit(let limit) = inForce.clause.kind else { return nil }
                return limit
            }
        }
        let reads = limits.filter { $0.meter == reading.meter }
        guard let first = reads.first else {
            throw EvidenceError(
                .unknown,
                "No clause that is or will be in force reads a meter '\(reading.meter)'; they read "
                    + "\(Self.listed(limits.map(\.meter))).")
        }
        guard reads.contains(where: { $0.atMost.unit == reading.value.unit }) else {
            throw EvidenceError(
                .value,
                "The meter \(reading.meter) counts in \(first.atMost.unit), not in \(reading.value.unit).")
        }
        guard reading.until > reading.at else {
            throw EvidenceError(
                .order, "The reading ends at \(reading.until), not after it was taken at \(reading.at).")
        }
    }

    /// The right of first refusal of a clause that is or will be in force, and the course of an offer under it.
    private func right(
        of agreement: String, _ clause: String, offer: String, now: Instant
    ) throws(EvidenceError) -> (RightOfFirstRefusalClause, OfferCourse) {
        var known: [String] = []
        for terms in terms(from: now) {
            for (index, inForce) in terms.clauses.enumerated()
            where terms.agreements[inForce.agreement].id == agreement {
                guard case .rightOfFirstRefusal(let right) = inForce.clause.kind else { continue }
                known.append(inForce.clause.id)
                guard inForce.clause.id == clause else { continue }
                return (right, terms.offerCourse(of: offer, under: index, right, people: standingEvidence))
            }
        }
        throw EvidenceError(
            .unknown,
            "The agreement \(agreement) has no right of first refusal '\(clause)' that is or will be in force; it has "
                + "\(Self.listed(known)).")
    }

    /// The terms at an instant, and those that will follow them, as far as is known.
    private func terms(from now: Instant) -> some Sequence<Terms> {
        sequence(first: terms(at: now, includingObserved: true)) { last in
            last.validUntil == .distantFuture ? nil : terms(at: last.validUntil, includingObserved: true)
        }
    }

    private static func listed(_ names: [String]) -> String {
        names.isEmpty ? "none" : Set(names).sorted().joined(separator: ", ")
    }
}
