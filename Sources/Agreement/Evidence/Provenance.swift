// SPDX-License-Identifier: Apache-2.0

/// Who recorded a fact, for which party, and on which paper.
package struct Provenance: Sendable, Equatable {
    /// The person.
    package var recordedBy: String
    /// The party for which the person speaks.
    package var party: String
    /// The second person, where two are needed.
    package var secondedBy: String?
    /// The name of the document that shows it.
    package var documentName: String?
    /// The SHA-256 of the document, 32 bytes.
    package var documentSHA256: [UInt8]?
    /// Who attested to it with a key; at most ``attestationsMax``.
    package var attestations: [Attestation]

    /// How many attestations one record carries at most.
    package static let attestationsMax = 2

    package init(
        recordedBy: String, party: String, secondedBy: String? = nil, documentName: String? = nil,
        documentSHA256: [UInt8]? = nil, attestations: [Attestation] = []
    ) {
        self.recordedBy = recordedBy
        self.party = party
        self.secondedBy = secondedBy
        self.documentName = documentName
        self.documentSHA256 = documentSHA256
        self.attestations = attestations
    }
}
