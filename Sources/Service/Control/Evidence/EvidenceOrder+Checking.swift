// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Records

extension EvidenceOrder {
    /// The text that recorders sign for it; for an attestation it is the earlier record's, which the order doesn't hold.
    package func attestedText() throws(ServiceError) -> AttestedText {
        let provenance = try provenance()
        return AttestedText(try subject.order.subject(), provenance: provenance)
    }

    /// The evidence that the order describes, checked against what is known.
    func evidence(facts: Facts, now: Instant) throws(ServiceError) -> (PeopleEvidence.Subject, Provenance) {
        var provenance = try provenance()
        try check(provenance, facts)
        let read = try subject.order.subject()
        try subject.order.check(KnownFacts(facts: facts, provenance: provenance))
        try check(read, provenance, facts, now: now)
        provenance.attestations = try attestations(to: read, provenance, facts)
        return (read, provenance)
    }

    /// Who records it, from the order alone.
    private func provenance() throws(ServiceError) -> Provenance {
        _ = try EvidenceValue.text(by, "by")
        _ = try EvidenceValue.text(party, "party", bytesMax: EvidenceLimits.nameBytesMax)
        if let second {
            _ = try EvidenceValue.text(second, "second")
            guard second != by else {
                throw ServiceError(.usage, "The second person must be another one than '\(by)'.")
            }
        }
        if let document {
            _ = try EvidenceValue.text(document.name, "document")
            guard document.sha256.count == 32 else {
                throw ServiceError(.usage, "The SHA-256 of a document has 32 bytes, not \(document.sha256.count).")
            }
        }
        return Provenance(
            recordedBy: by, party: party, secondedBy: second, documentName: document?.name,
            documentSHA256: document.map { Array($0.sha256) })
    }

    /// Refuses what would do nothing.
    private func check(
        _ subject: PeopleEvidence.Subject, _ provenance: Provenance, _ facts: Facts, now: Instant
    ) throws(ServiceError) {
        do throws(EvidenceError) {
            try facts.check(subject, by: provenance.party, document: provenance.documentSHA256, now: now)
        } catch {
            switch error.code {
            case .unknown, .value: throw ServiceError(.usage, error.message)
            case .state, .order, .party, .missing: throw ServiceError(.refused, error.message)
            }
        }
    }

    private func check(_ provenance: Provenance, _ facts: Facts) throws(ServiceError) {
        let parties = facts.speakers
        guard parties.contains(provenance.party) else {
            let known = parties.isEmpty ? "them, since none is adopted" : parties.joined(separator: ", ")
            throw ServiceError(
                .usage,
                "Evidence needs the person who records it and a party of an adopted agreement; "
                    + "'\(provenance.party)' is none of \(known).")
        }
    }
}

extension Facts {
    /// Who may speak, in order: the parties of the adopted agreements, and those who verify their events without being
    /// a party, such as a panel of experts.
    var speakers: [String] {
        Set(agreements.values.flatMap { $0.parties.map(\.id) + $0.events.compactMap(\.verifiedBy) }).sorted()
    }
}
