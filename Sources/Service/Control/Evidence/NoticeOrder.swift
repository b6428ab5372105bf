// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A dated paper served on a party.
package struct NoticeOrder: SubjectOrder {
    package var agreement: String
    /// `nil` where it is about the whole agreement.
    package var clause: String?
    /// The party on which it is served.
    package var to: String
    package var served: String
    package var about: String

    package init(agreement: String, clause: String? = nil, to: String, served: String, about: String) {
        self.agreement = agreement
        self.clause = clause
        self.to = to
        self.served = served
        self.about = about
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .notice(
            Notice(
                agreement: agreement, clause: clause, to: to, served: try EvidenceValue.instant(served, "at"),
                about: try EvidenceValue.text(about, "about")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        let document = try known.agreement(agreement)
        let parties = document.parties.map(\.id)
        guard parties.contains(to) else {
            throw ServiceError(
                .usage,
                "A notice is served on a party of \(agreement): \(parties.joined(separator: ", ")); "
                    + "'\(EvidenceValue.shown(to))' is none.")
        }
        guard to != known.provenance.party else {
            throw ServiceError(
                .usage, "\(to) can't serve a notice on itself; --party is who serves it, --on who receives it.")
        }
        guard let clause else { return }
        let clauses = Set(Consolidation(document).periods.map(\.clause.id)).sorted()
        guard clauses.contains(clause) else {
            throw ServiceError(
                .usage,
                "The agreement \(agreement) has no clause '\(EvidenceValue.shown(clause))'; "
                    + "it has: \(clauses.joined(separator: ", ")).")
        }
    }
}
