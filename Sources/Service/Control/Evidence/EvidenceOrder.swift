// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What a person records, complete as it will stand in the ledger.
///
/// Nothing is filled in on the way there, not even the time, so that whoever gives the order can sign it beforehand.
package struct EvidenceOrder: Codable, Sendable {
    /// The document that shows what is recorded.
    package struct Document: Codable, Sendable {
        package var name: String
        package var sha256: Data

        package init(name: String, sha256: Data) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// A recorder's signature under the attested text.
    package struct Signature: Codable, Sendable {
        /// Whose it is; found by the key where `nil`.
        package var recorder: String?
        package var bytes: Data

        package init(recorder: String?, bytes: Data) {
            self.recorder = recorder
            self.bytes = bytes
        }
    }

    /// What is recorded; instants are RFC 3339 texts.
    package enum Subject: Codable, Sendable {
        case decline(DeclineOrder)
        case support(SupportOrder)
        case launch(LaunchOrder)
        case event(EventOrder)
        case override(OverrideOrder)
        case offer(OfferOrder)
        case offerAnswer(OfferAnswerOrder)
        case meterReading(MeterReadingOrder)
        case notice(NoticeOrder)
        case migration(MigrationOrder)
        case revocation(RevocationOrder)
        case attestation(AttestationOrder)
    }

    /// The person.
    package var by: String
    /// The party for which the person speaks.
    package var party: String
    /// The second person.
    package var second: String?
    package var document: Document?
    package var subject: Subject
    package var signatures: [Signature]

    package init(
        _ subject: Subject, by: String, party: String, second: String? = nil, document: Document? = nil,
        signatures: [Signature] = []
    ) {
        self.subject = subject
        self.by = by
        self.party = party
        self.second = second
        self.document = document
        self.signatures = signatures
    }
}
