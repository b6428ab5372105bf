// SPDX-License-Identifier: Apache-2.0

/// What a request builds on that lies at one provider's account and nowhere else.
package struct BoundState: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// An earlier response, by `previous_response_id`.
    package static let previousResponse = BoundState(rawValue: 1 << 0)
    /// A conversation that the provider keeps.
    package static let conversation = BoundState(rawValue: 1 << 1)
    /// Items that only the account can read which wrote them (`encrypted_content`).
    package static let encryptedItems = BoundState(rawValue: 1 << 2)
    /// Items that are named and not sent.
    package static let storedItems = BoundState(rawValue: 1 << 3)
    /// Files, vector stores or containers.
    package static let files = BoundState(rawValue: 1 << 4)
    /// A prompt that the provider keeps.
    package static let storedPrompt = BoundState(rawValue: 1 << 5)
}
