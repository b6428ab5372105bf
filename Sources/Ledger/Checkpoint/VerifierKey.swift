// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// An Ed25519 public key with the name that it signs under, as C2SP signed-note writes it (a "vkey").
package struct VerifierKey: Hashable, Sendable {
    /// The name that signatures of this key carry.
    package let name: String
    /// The short identifier that signatures of this key carry; not a fingerprint.
    package let keyID: UInt32
    /// The 32 bytes of the Ed25519 public key (RFC 8032).
    package let publicKey: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
        keyID = KeyName.keyID(name: name, publicKey: publicKey)
    }

    /// Reads `<name>+<key id in hex>+<base64 of 0x01 and the public key>`.
    ///
    /// - Parameter text: the key's text; one line end at its end is allowed.
    /// - Throws: `malformedKey` or `invalidName`.
    package init(text: String) throws(CheckpointError) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        let parts = line.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let material = Base64.decode(parts[2]), material.count == 33,
            material.first == KeyName.ed25519
        else {
            throw CheckpointError(
                .malformedKey,
                "\"\(line)\" is not an Ed25519 verifier key: expected <name>+<8 hex digits>+<base64 of 33 bytes>"
            )
        }
        try KeyName.validate(String(parts[0]))
        self.init(name: String(parts[0]), publicKey: Array(material.dropFirst()))
        guard KeyName.hex(keyID) == parts[1] else {
            throw CheckpointError(
                .malformedKey,
                "the verifier key of \"\(name)\" carries the id \(parts[1]) but has the id \(KeyName.hex(keyID)): "
                    + "copy the whole key again"
            )
        }
    }

    /// The key as one line of text, without a line end.
    package var text: String {
        "\(name)+\(KeyName.hex(keyID))+\(Base64.encode([KeyName.ed25519] + publicKey))"
    }

    /// Whether an Ed25519 signature over some bytes was made with the private half of this key.
    func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
