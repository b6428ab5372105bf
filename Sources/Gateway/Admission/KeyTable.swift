// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The virtual keys, immutable and shared by the event loops.
package final class KeyTable: Sendable {
    private let keys: [String: VirtualKey]
    private let pepper: SymmetricKey
    /// What the requests of the keys with limits use, by the keys' identifiers.
    let accounts: [String: KeyAccount]

    /// A table of keys, with the secret under which their hashes were made.
    package init(_ keys: [VirtualKey], pepper: [UInt8], accounts: KeyAccounts = KeyAccounts()) {
        self.accounts = accounts.accounts(for: keys)
        self.keys = Dictionary(keys.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.pepper = SymmetricKey(data: pepper)
    }

    /// The key that a client shows; `nil` for an unknown, wrong or revoked one.
    ///
    /// The comparison takes the same time for every wrong key with a known identifier.
    package func key(for text: String) -> VirtualKey? {
        guard let id = KeySecret.identifier(in: text), let key = keys[id], !key.isRevoked else { return nil }
        let isRight = HMAC<SHA256>.isValidAuthenticationCode(
            key.digest, authenticating: Array(text.utf8), using: pepper)
        return isRight ? key : nil
    }

    /// How many keys are there.
    package var count: Int { keys.count }
}
