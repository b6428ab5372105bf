// SPDX-License-Identifier: Apache-2.0

/// One side of a comparison: agreements as read, and where wanted the instant at which they are looked at.
package struct AgreementVersion: Sendable {
    /// One agreement with the texts of its file.
    package struct Member: Sendable {
        package var document: AgreementDocument
        package var canonical: CanonicalAgreement
        /// What is known to have happened.
        package var events: [EventOccurrence]

        package init(document: AgreementDocument, canonical: CanonicalAgreement, events: [EventOccurrence] = []) {
            self.document = document
            self.canonical = canonical
            self.events = events
        }
    }

    /// What the side is called, such as the name of its file.
    package var name: String
    /// The agreements, ordered by identifier.
    package let members: [Member]
    /// The instant at which they are looked at; `nil` for all time.
    package var at: Instant?
    /// Whether drafts count as if they were adopted.
    package let includingDrafts: Bool
    let consolidations: [Consolidation]

    package init(name: String, members: [Member], at: Instant? = nil, includingDrafts: Bool = false) {
        self.name = name
        self.members = members.sorted { $0.document.id < $1.document.id }
        self.at = at
        self.includingDrafts = includingDrafts
        consolidations = self.members.map {
            Consolidation($0.document, events: $0.events, includingDrafts: includingDrafts)
        }
    }

    /// The terms in force at an instant.
    func terms(at instant: Instant) -> Terms {
        Terms(of: zip(members, consolidations).map { ($0.document, $1) }, at: instant)
    }
}
