// SPDX-License-Identifier: Apache-2.0

/// A dated fact that a person recorded, with its provenance.
package struct PeopleEvidence: Sendable, Equatable {
    /// The number of the fact, by which decisions and people name it.
    package var revision: UInt64
    /// When it was recorded; for evidence that stands, when its attestation was complete.
    package var recorded: Instant
    package var provenance: Provenance
    package var subject: Subject
    /// What there is of the attestation that it needs.
    package var attestation = AttestationProgress()

    package init(revision: UInt64, recorded: Instant, provenance: Provenance, subject: Subject) {
        self.revision = revision
        self.recorded = recorded
        self.provenance = provenance
        self.subject = subject
    }

    /// What was recorded.
    package enum Subject: Sendable, Equatable {
        case decline(Decline)
        case launch(Launch)
        case event(EventReport)
        case override(PlacementOverride)
        /// The earlier record with this number no longer holds.
        case revocation(of: UInt64)
        case support(SupportAnswer)
        case offer(Offer)
        case offerAnswer(OfferAnswer)
        case meterReading(MeterReading)
        case notice(Notice)
        case migration(MigrationReport)
        /// The attestations of this record are about the earlier one with this number.
        case attestation(of: UInt64)
    }

    /// The word for the subject in commands and listings.
    package var kindName: String { subject.kind.name }
}
