// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The rules for key names and key ids, which both kinds of key share (C2SP signed-note).
package enum KeyName {
    /// The signature type byte of Ed25519.
    static let ed25519: UInt8 = 0x01

    /// Checks that a name is not empty and holds no Unicode space, plus sign or control character.
    package static func validate(_ name: String) throws(CheckpointError) {
        let isValid =
            !name.isEmpty
            && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
        guard isValid else {
            throw CheckpointError(
                .invalidName,
                "\"\(name)\" can't name a key: use a non-empty name without spaces and plus signs, such as "
                    + "example.com/log"
            )
        }
    }

    /// The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), as a number.
    static func keyID(name: String, publicKey: [UInt8]) -> UInt32 {
        let digest = SHA256Hash(hashing: Array(name.utf8) + [0x0A, ed25519] + publicKey)
        return digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A key id as the eight hexadecimal digits of the key texts.
    static func hex(_ keyID: UInt32) -> String {
        Hexadecimal.encode(stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: keyID >> UInt32($0)) })
    }
}
