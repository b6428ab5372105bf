// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The text of a virtual key: `cck_`, the key's identifier, `_` and 256 random bits.
package struct KeySecret: Sendable {
    /// The longest text that is looked at, in bytes.
    package static let bytesMax = 256

    /// The key's identifier: 12 lower-case letters and digits.
    package let id: String
    /// The whole text; shown once and never stored.
    package let text: String

    /// Makes a new key from the system's random numbers.
    package init() {
        var generator = SystemRandomNumberGenerator()
        id = Self.letters(12, from: Array("abcdefghijkmnpqrstuvwxyz23456789".utf8), using: &generator)
        // 43 letters of 62 hold 256 bits.
        let secret = Self.letters(
            43, from: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8), using: &generator)
        text = "cck_\(id)_\(secret)"
    }

    /// The identifier in a key's text; `nil` for what can't be a key.
    package static func identifier(in text: String) -> String? {
        guard text.utf8.count <= bytesMax, text.hasPrefix("cck_") else { return nil }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 12, parts[2].utf8.count == 43 else { return nil }
        return String(parts[1])
    }

    /// The keyed hash under which a key is stored.
    package static func digest(of text: String, pepper: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: pepper)))
    }

    private static func letters(
        _ count: Int, from alphabet: [UInt8], using generator: inout SystemRandomNumberGenerator
    ) -> String {
        String(
            decoding: (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] },
            as: UTF8.self)
    }
}
