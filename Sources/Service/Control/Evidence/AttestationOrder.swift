// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Recorders attest to an earlier record; the order's signatures are theirs.
package struct AttestationOrder: SubjectOrder {
    /// The number of the record.
    package var number: UInt64

    package init(number: UInt64) {
        self.number = number
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .attestation(of: number)
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        guard let record = known.facts.record(number), record.subject.kind != .attestation else {
            throw ServiceError(
                .refused,
                "No evidence that can be attested to has the number \(number); "
                    + "`concordat evidence list --open` shows what waits for a recorder.")
        }
        guard !record.attestation.isComplete else {
            throw ServiceError(
                .refused,
                "Evidence \(number) needs no more recorders; `concordat evidence list --open` shows what does.")
        }
        guard !known.facts.revokedEvidence.contains(number) else {
            throw ServiceError(.refused, "Evidence \(number) was revoked; record the fact again.")
        }
    }
}
