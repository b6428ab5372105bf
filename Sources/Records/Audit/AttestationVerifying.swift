// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Crypto

extension Facts {
    /// A record's provenance in which each attestation says whether its signature is the recorder's.
    ///
    /// An attestation that comes later signs the record that it is about.
    ///
    /// - Parameters:
    ///   - provenance: as it was given or read.
    ///   - subject: what is recorded.
    /// - Returns: the same with each attestation verified or not.
    package func verified(_ provenance: Provenance, of subject: PeopleEvidence.Subject) -> Provenance {
        guard !provenance.attestations.isEmpty else { return provenance }
        var signed: AttestedText? = AttestedText(subject, provenance: provenance)
        if case .attestation(let of) = subject {
            let target = people.first { $0.revision == of }
            signed = target.map { AttestedText($0.subject, provenance: $0.provenance) }
        }
        var verified = provenance
        for index in verified.attestations.indices {
            let attestation = verified.attestations[index]
            let recorder = configuration.recorders.first { $0.id == attestation.recorder }
            verified.attestations[index].isVerified =
                if let signed, let recorder {
                    recorder.signed(signed, attestation.signature)
                } else {
                    false
                }
        }
        return verified
    }
}

extension Recorder {
    /// Whether a signature is this recorder's under a text (Ed25519, RFC 8032).
    fileprivate func signed(_ text: AttestedText, _ signature: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: text.bytes)
    }
}
