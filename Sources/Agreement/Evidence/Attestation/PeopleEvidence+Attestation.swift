// SPDX-License-Identifier: Apache-2.0

extension PeopleEvidence {
    /// Settles how many recorders the record needs, and counts the ones that it brings.
    ///
    /// - Parameters:
    ///   - target: the earlier record that it is about.
    ///   - recorders: the ones that are configured.
    mutating func beginAttestation(about target: PeopleEvidence?, among recorders: [Recorder]) {
        let matter = matter(about: target)
        attestation.begin(matter, among: recorders)
        attestation.take(provenance.attestations, about: matter, among: recorders, at: recorded)
    }

    /// The record as it was known at an instant; `nil` where it was not.
    func known(at instant: Instant) -> PeopleEvidence? {
        guard recorded <= instant else { return nil }
        var known = self
        known.attestation = attestation.known(at: instant)
        return known
    }

    /// Counts attestations that were recorded later.
    mutating func complete(
        with attestations: [Attestation], at instant: Instant, about target: PeopleEvidence?,
        among recorders: [Recorder]
    ) {
        attestation.take(attestations, about: matter(about: target), among: recorders, at: instant)
    }

    /// Whoever takes a record back speaks for its party and of its kind; events take two recorders then, too.
    func matter(about target: PeopleEvidence?) -> AttestationProgress.Matter {
        switch subject {
        case .revocation:
            let kind = target?.subject.kind ?? .revocation
            return AttestationProgress.Matter(
                kind: kind, party: target?.provenance.party ?? provenance.party,
                required: kind == .event ? kind.recordersRequired : 1)
        case .attestation:
            // It brings attestations for another record, and needs none of its own.
            return AttestationProgress.Matter(kind: .attestation, party: provenance.party, required: 0)
        default:
            return AttestationProgress.Matter(
                kind: subject.kind, party: provenance.party, required: subject.kind.recordersRequired)
        }
    }
}
