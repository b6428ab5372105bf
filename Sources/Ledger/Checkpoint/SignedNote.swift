// SPDX-License-Identifier: Apache-2.0

/// A text with signatures under it (C2SP signed-note).
package struct SignedNote: Hashable, Sendable {
    /// A note with more bytes is refused: 64 KiB, room for 16 signatures of any kind in use.
    package static let noteBytesMax = 65_536

    /// One signature line; nothing is checked until `isSigned(by:)`.
    package struct Signature: Hashable, Sendable {
        /// The name of the key.
        package let name: String
        /// The short id of the key.
        package let keyID: UInt32
        /// What follows the id; 64 bytes for Ed25519.
        package let bytes: [UInt8]
    }

    /// The signed text, which ends with a newline.
    package let text: String
    /// The signatures in the order of their lines.
    package let signatures: [Signature]

    /// Signs a text.
    ///
    /// - Parameters:
    ///   - text: ends with a newline, and holds no other control character.
    ///   - key: signs it.
    /// - Throws: `malformedNote` for another text, `signingFailed`.
    package init(signing text: String, with key: SigningKey) throws(CheckpointError) {
        guard text.utf8.last == 0x0A, text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
            throw CheckpointError(
                .malformedNote,
                "a text to sign must end with a newline and hold no other control character"
            )
        }
        self.text = text
        signatures = [
            Signature(
                name: key.verifierKey.name,
                keyID: key.verifierKey.keyID,
                bytes: try key.signature(for: Array(text.utf8))
            )
        ]
    }

    /// Reads a note: its text, an empty line, one or more signature lines.
    package init(encoded: String) throws(CheckpointError) {
        guard encoded.utf8.count <= Self.noteBytesMax else {
            throw CheckpointError(.malformedNote, "the note has more than \(Self.noteBytesMax) bytes")
        }
        guard encoded.utf8.last == 0x0A, encoded.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
            throw CheckpointError(
                .malformedNote,
                "the note must end with a newline and hold no other control character: copy the whole file"
            )
        }
        // Unicode scalars, so that no combining character can join a line end.
        let lines = encoded.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard let blank = lines.lastIndex(where: \.isEmpty), blank > 0, blank + 1 < lines.count else {
            throw CheckpointError(
                .malformedNote,
                "the note has no signatures: expected its text, an empty line, and lines that begin with \u{2014}"
            )
        }
        var signatures: [Signature] = []
        for line in lines[(blank + 1)...] {
            signatures.append(try Self.signature(in: String(line)))
        }
        self.signatures = signatures
        text = lines[..<blank].map { String($0) + "\n" }.joined()
    }

    /// The note as it is stored and sent.
    package var encoded: String {
        var encoded = text + "\n"
        for signature in signatures {
            let id = stride(from: 24, through: 0, by: -8)
                .map { UInt8(truncatingIfNeeded: signature.keyID >> UInt32($0)) }
            encoded += "\u{2014} \(signature.name) \(Base64.encode(id + signature.bytes))\n"
        }
        return encoded
    }

    /// Whether a key signed the text: it has a signature of the key's name and id, and each of those is right.
    package func isSigned(by key: VerifierKey) -> Bool {
        let own = signatures.filter { $0.name == key.name && $0.keyID == key.keyID }
        let message = Array(text.utf8)
        return !own.isEmpty && own.allSatisfy { key.isValid(signature: $0.bytes, for: message) }
    }

    private static func signature(in line: String) throws(CheckpointError) -> Signature {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "\u{2014}", let material = Base64.decode(parts[2]), material.count > 4
        else {
            throw CheckpointError(
                .malformedNote,
                "\"\(line)\" is not a signature line: expected \u{2014} <key name> <base64>"
            )
        }
        try KeyName.validate(String(parts[1]))
        return Signature(
            name: String(parts[1]),
            keyID: material.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            bytes: Array(material.dropFirst(4))
        )
    }
}
