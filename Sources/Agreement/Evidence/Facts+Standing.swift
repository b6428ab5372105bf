// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// The numbers of the records that no longer hold.
    package var revokedEvidence: Set<UInt64> {
        people.reduce(into: []) { set, record in
            if case .revocation(let of) = record.subject, record.attestation.isComplete { set.insert(of) }
        }
    }

    /// The people's evidence that may be relied on: completely attested to where that is needed, and not revoked.
    ///
    /// A record whose attestation was completed later counts from then on, as if it had been recorded then.
    package var standingEvidence: [PeopleEvidence] {
        let revoked = revokedEvidence
        return people.filter { record in
            record.subject.target == nil && record.attestation.isComplete && !revoked.contains(record.revision)
        }.map { record in
            var standing = record
            standing.recorded = max(record.recorded, record.attestation.completed ?? record.recorded)
            return standing
        }
    }
}
