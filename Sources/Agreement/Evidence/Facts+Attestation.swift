// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// What people recorded under a number; `nil` where they did not.
    package func record(_ number: UInt64) -> PeopleEvidence? {
        people.first { $0.revision == number }
    }

    /// What the attestations that come with a record have to be about, before it is recorded.
    ///
    /// Those of an attestation are about the earlier record.
    ///
    /// - Parameters:
    ///   - subject: what is to be recorded.
    ///   - provenance: who records it, and for which party.
    /// - Returns: the kind and the party of which a recorder has to speak, and how many recorders it takes.
    package func attestationMatter(
        of subject: PeopleEvidence.Subject, provenance: Provenance
    ) -> AttestationProgress.Matter {
        var record = PeopleEvidence(
            revision: revision, recorded: .distantPast, provenance: provenance, subject: subject)
        if case .attestation(let of) = subject, let target = self.record(of) { record = target }
        return record.matter(about: record.subject.target.flatMap { self.record($0) })
    }
}
