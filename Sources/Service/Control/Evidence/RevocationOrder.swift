// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// An earlier record no longer holds.
package struct RevocationOrder: SubjectOrder {
    /// The number of the record.
    package var number: UInt64

    package init(number: UInt64) {
        self.number = number
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .revocation(of: number)
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        guard let record = known.facts.record(number), !known.facts.revokedEvidence.contains(number) else {
            throw ServiceError(
                .refused, "No standing evidence has the number \(number); `concordat evidence list` shows them.")
        }
        guard record.subject.target == nil else {
            throw ServiceError(
                .refused,
                "Evidence \(number) is \(record.subject.kind == .revocation ? "a revocation" : "an attestation"), "
                    + "which can't be taken back; record the fact itself again.")
        }
        let begun = known.facts.people.first { $0.subject == .revocation(of: number) && !$0.attestation.isComplete }
        if let begun {
            throw ServiceError(
                .refused,
                "Evidence \(begun.revision) revokes it already and waits for another recorder; "
                    + "complete it with `concordat evidence attest \(begun.revision)`.")
        }
    }
}
