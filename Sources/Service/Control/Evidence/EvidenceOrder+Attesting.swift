// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Records

extension EvidenceOrder {
    /// The attestations that the order brings, each of a recorder who may attest to it.
    ///
    /// Where recorders are configured, at least one is needed: what nobody signed never enters the ledger, so that
    /// whoever reaches the socket can't fill it. Those that complete a record may follow.
    func attestations(
        to subject: PeopleEvidence.Subject, _ provenance: Provenance, _ facts: Facts
    ) throws(ServiceError) -> [Attestation] {
        guard !facts.configuration.recorders.isEmpty else {
            guard signatures.isEmpty else {
                throw ServiceError(
                    .refused,
                    "No recorders are configured, so that a signature counts for nothing; name them under `recorders` "
                        + "in the configuration, or leave the signature out.")
            }
            return []
        }
        let matter = facts.attestationMatter(of: subject, provenance: provenance)
        let speakers = facts.configuration.recorders.filter { matter.isSpokenFor(by: $0) }
        let what = "evidence of kind \(matter.kind.name) for \(matter.party)"
        guard !speakers.isEmpty else {
            throw ServiceError(
                .refused,
                "No recorder may attest to \(what); add the kind and the party to one under `recorders` in the "
                    + "configuration.")
        }
        guard !signatures.isEmpty else {
            throw ServiceError(
                .refused,
                "Recorders are configured, and \(what) needs the signature of one of "
                    + "\(speakers.map(\.id).joined(separator: ", ")); add --sign-with.")
        }
        guard signatures.count <= Provenance.attestationsMax else {
            throw ServiceError(
                .usage, "A record brings at most \(Provenance.attestationsMax) signatures; bring the others later.")
        }
        try refuseRepetition(of: subject, provenance, facts)
        let earlier = subject.kind == .attestation ? subject.target.flatMap { facts.record($0) } : nil
        var attestations: [Attestation] = []
        for signature in signatures {
            let attestation = try attestation(signature, to: subject, provenance, facts)
            guard speakers.contains(where: { $0.id == attestation.recorder }) else {
                throw ServiceError(
                    .refused,
                    "\(attestation.recorder) may not attest to \(what); "
                        + "\(speakers.map(\.id).joined(separator: ", ")) may.")
            }
            let known = (earlier?.attestation.recorders ?? []) + attestations.map(\.recorder)
            guard !known.contains(attestation.recorder) else {
                throw ServiceError(
                    .refused, "\(attestation.recorder) has attested to it already; another recorder has to.")
            }
            attestations.append(attestation)
        }
        return attestations
    }

    /// Whose signature it is; one that is nobody's is refused.
    private func attestation(
        _ signature: Signature, to subject: PeopleEvidence.Subject, _ provenance: Provenance, _ facts: Facts
    ) throws(ServiceError) -> Attestation {
        let recorders = facts.configuration.recorders
        var candidates = recorders
        if let id = signature.recorder {
            candidates = recorders.filter { $0.id == id }
            guard !candidates.isEmpty else {
                throw ServiceError(
                    .usage,
                    "There is no recorder '\(EvidenceValue.shown(id))'; "
                        + "configured are \(recorders.map(\.id).joined(separator: ", ")).")
            }
        }
        for candidate in candidates {
            var tried = provenance
            tried.attestations = [
                Attestation(recorder: candidate.id, signature: Array(signature.bytes), isVerified: false)
            ]
            if let verified = facts.verified(tried, of: subject).attestations.first, verified.isVerified {
                return verified
            }
        }
        let whose = signature.recorder.map { "not \($0)'s" } ?? "no configured recorder's"
        throw ServiceError(
            .refused,
            "The signature is \(whose) under this text; sign what --print-text prints, byte for byte and with the same "
                + "instants, with the key whose public half is configured.")
    }

    /// Refuses what was recorded before in the same words: its signatures stand in the ledger, where anybody may copy
    /// them, and what was revoked would come back with them.
    private func refuseRepetition(
        of subject: PeopleEvidence.Subject, _ provenance: Provenance, _ facts: Facts
    ) throws(ServiceError) {
        guard subject.kind != .attestation else { return }
        let text = AttestedText(subject, provenance: provenance)
        let earlier = facts.people.first { record in
            record.subject == subject && AttestedText(record.subject, provenance: record.provenance) == text
        }
        guard let earlier else { return }
        throw ServiceError(
            .refused,
            "The same was recorded as evidence \(earlier.revision); "
                + (earlier.attestation.isComplete
                    ? "where it is to hold again, record it with other words or another instant."
                    : "complete it with `concordat evidence attest \(earlier.revision)`."))
    }
}
