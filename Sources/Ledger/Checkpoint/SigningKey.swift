// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// An Ed25519 private key with the name that it signs under.
///
/// Its text is the one-line form of Go's `sumdb/note`:
/// `PRIVATE+KEY+<name>+<key id in hex>+<base64 of 0x01 and the 32-byte seed>`.
package struct SigningKey: Sendable {
    /// The public half.
    package let verifierKey: VerifierKey
    private let seed: [UInt8]

    private static let textPrefix = "PRIVATE+KEY+"

    /// Makes a key from its RFC 8032 seed.
    ///
    /// - Parameters:
    ///   - seed: 32 secret random bytes.
    ///   - name: what its signatures are named; a schema-less URL is recommended.
    /// - Throws: `invalidName`, or `malformedKey` for another count of bytes.
    package init(seed: [UInt8], name: String) throws(CheckpointError) {
        try KeyName.validate(name)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw CheckpointError(.malformedKey, "a signing key has 32 secret bytes, and \(seed.count) were given")
        }
        self.seed = seed
        verifierKey = VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Reads the one-line form.
    ///
    /// - Parameter text: the key's text; one line end at its end is allowed.
    /// - Throws: `malformedKey` or `invalidName`.
    package init(text: String) throws(CheckpointError) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        // The text is a secret, so no message repeats it.
        let parts = line.dropFirst(Self.textPrefix.count)
            .split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard line.hasPrefix(Self.textPrefix), parts.count == 3, let material = Base64.decode(parts[2]),
            material.count == 33, material.first == KeyName.ed25519
        else {
            throw CheckpointError(
                .malformedKey,
                "the signing key is not one line PRIVATE+KEY+<name>+<8 hex digits>+<base64 of 33 bytes>: "
                    + "restore the key file from its backup"
            )
        }
        try self.init(seed: Array(material.dropFirst()), name: String(parts[0]))
        guard KeyName.hex(verifierKey.keyID) == parts[1] else {
            throw CheckpointError(
                .malformedKey,
                "the signing key of \"\(verifierKey.name)\" does not have the id that it carries: "
                    + "restore the key file from its backup"
            )
        }
    }

    /// The key as one line of text, without a line end; a secret.
    package var text: String {
        "\(Self.textPrefix)\(verifierKey.name)+\(KeyName.hex(verifierKey.keyID))+"
            + Base64.encode([KeyName.ed25519] + seed)
    }

    /// The Ed25519 signature over some bytes.
    func signature(for message: [UInt8]) throws(CheckpointError) -> [UInt8] {
        do {
            return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
        } catch {
            throw CheckpointError(.signingFailed, "the key \"\(verifierKey.name)\" could not sign: \(error)")
        }
    }
}
