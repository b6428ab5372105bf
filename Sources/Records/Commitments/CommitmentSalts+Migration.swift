// SPDX-License-Identifier: Apache-2.0

internal import Crypto

extension CommitmentSalts {
    /// The hash by which a migration tells what moves: the same for the same conversation or key, as long as the log
    /// keeps its secret, and not to be foreseen by whoever names the conversation.
    ///
    /// The ledger holds neither it nor what it was made from, only the part of the workload that follows from it.
    ///
    /// - Parameters:
    ///   - kind: what is named, so that a conversation and a key of the same name are two.
    ///   - name: the bytes of its name.
    /// - Returns: the first 64 bits of an HMAC-SHA256.
    package func migrationSeed(_ kind: String, _ name: some Sequence<UInt8>) -> UInt64 {
        // No identifier of a key holds a zero byte, so that this is never the text of a salt.
        let text = Array("migration\0\(kind)\0".utf8) + name
        return HMAC<SHA256>.authenticationCode(for: text, using: secret).prefix(8)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }
}
