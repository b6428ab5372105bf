// SPDX-License-Identifier: Apache-2.0

/// What a request names that further ones will name too: its conversation, or who the user is.
package struct RequestAffinity: Equatable, Sendable {
    /// The longest name that counts, in bytes as it is written.
    package static let nameBytesMax = 1_024

    /// What is named, the narrowest first.
    ///
    /// `previous_response_id` is none of these, because it changes with each turn.
    package enum Kind: UInt8, Sendable {
        case conversation, promptCacheKey, safetyIdentifier, user
    }

    package var kind: Kind
    /// Where the name lies in the body, as it is written and without its quotes.
    package var name: Range<Int>
}
