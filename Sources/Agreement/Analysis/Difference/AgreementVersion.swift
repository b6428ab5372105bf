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
    /// Which drafts count as if they were adopted.
    package let drafts: DraftSelection
    let consolidations: [Consolidation]

    package init(name: String, members: [Member], at: Instant? = nil, drafts: DraftSelection = .none) {
        self.name = name
        self.members = members.sorted { $0.document.id < $1.document.id }
        self.at = at
        self.drafts = drafts
        consolidations = self.members.map {
            Consolidation($0.document, known: Knowledge(events: $0.events), drafts: drafts)
        }
    }

    /// The terms in force at an instant.
    func terms(at instant: Instant) -> Terms {
        Terms(of: zip(members, consolidations).map { ($0.document, $1) }, at: instant)
    }
}
