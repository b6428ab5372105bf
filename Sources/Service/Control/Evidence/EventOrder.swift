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

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .event(
            EventReport(
                agreement: agreement, event: event,
                step: try EvidenceValue.word(step, "step", among: EventReport.Step.inOrder) { $0.name },
                effective: try EvidenceValue.instant(at, "at")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        _ = try known.agreement(agreement)
    }
}

extension EventReport.Step {
    /// The steps as they follow each other.
    fileprivate static var inOrder: [EventReport.Step] { [.declared, .verified, .challenged, .reversed] }
}
