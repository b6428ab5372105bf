// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// An event of an agreement was declared, verified, challenged or reversed.
package struct EventOrder: SubjectOrder {
    package var agreement: String
    package var event: String
    package var step: String
    package var at: String

    package init(agreement: String, event: String, step: String = EventReport.Step.declared.name, at: String) {
        self.agreement = agreement
        self.event = event
        self.step = step
        self.at = at
    }

    private func report() throws(ServiceError) -> EventReport {
        EventReport(
            agreement: agreement, event: event,
            step: try EvidenceValue.word(step, "step", among: EventReport.Step.inOrder) { $0.name },
            effective: try EvidenceValue.instant(at, "at"))
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .event(try report())
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        let document = try known.agreement(agreement)
        guard let course = known.facts.eventCourses(of: agreement).first(where: { $0.event.id == event }) else {
            throw ServiceError(
                .usage,
                "The agreement \(agreement) has no event '\(EvidenceValue.shown(event))'; "
                    + "it has: \(document.events.map(\.id).joined(separator: ", ")).")
        }
        let step = try report().step
        if step == .verified, course.event.verifiedBy == nil {
            throw ServiceError(.refused, "The event \(event) needs no verification; it counts from its declaration.")
        }
        let speakers = speakers(of: step, course.event, document)
        guard speakers.contains(known.provenance.party) else {
            throw ServiceError(
                .refused,
                "The event \(event) is \(step.name) by \(speakers.joined(separator: " or ")), "
                    + "not by \(known.provenance.party).")
        }
        if step == .challenged, course.state == .unheard || course.state == .reversed {
            throw ServiceError(
                .refused,
                "The event \(event) was not declared, so that there is nothing to challenge; "
                    + "`concordat evidence list --kind event` shows what was.")
        }
    }

    /// Who may take the step: those that the agreement names, and for a challenge any party of it.
    private func speakers(
        of step: EventReport.Step, _ event: EventDeclaration, _ document: AgreementDocument
    ) -> [String] {
        switch step {
        case .declared: [event.declaredBy]
        case .verified: [event.verifiedBy].compactMap { $0 }
        case .reversed: [event.declaredBy, event.verifiedBy].compactMap { $0 }
        case .challenged: document.parties.map(\.id)
        }
    }
}

extension EventReport.Step {
    /// The steps as they follow each other.
    fileprivate static var inOrder: [EventReport.Step] { [.declared, .verified, .challenged, .reversed] }
}
