// SPDX-License-Identifier: Apache-2.0

extension Facts {
    /// The people's evidence that may be relied on: completely attested to where that is needed, and not revoked.
    ///
    /// A record whose attestation was completed later counts from then on, as if it had been recorded then.
    package var standingEvidence: [PeopleEvidence] {
        let revoked = people.reduce(into: Set<UInt64>()) { set, record in
            if case .revocation(let of) = record.subject, record.attestation.isComplete { set.insert(of) }
        }
        return people.filter { record in
            record.subject.target == nil && record.attestation.isComplete && !revoked.contains(record.revision)
        }.map { record in
            var standing = record
            standing.recorded = max(record.recorded, record.attestation.completed ?? record.recorded)
            return standing
        }
    }
}
