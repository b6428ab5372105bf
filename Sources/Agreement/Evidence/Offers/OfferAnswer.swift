// SPDX-License-Identifier: Apache-2.0

/// What was said to an offer: by the holder of the right, or by who made it and takes it back.
package struct OfferAnswer: Sendable, Equatable {
    /// What was said.
    package enum Kind: UInt8, Sendable, CaseIterable {
        case accepted, declined, withdrawn

        /// The name as written.
        package var name: String {
            switch self {
            case .accepted: "accepted"
            case .declined: "declined"
            case .withdrawn: "withdrawn"
            }
        }
    }

    /// The offer's identifier.
    package var offer: String
    package var agreement: String
    package var kind: Kind
    /// The part that is accepted; `nil` means all of it.
    package var quantity: Quantity?
    /// When it was said.
    package var at: Instant

    package init(offer: String, agreement: String, kind: Kind, quantity: Quantity?, at: Instant) {
        self.offer = offer
        self.agreement = agreement
        self.kind = kind
        self.quantity = quantity
        self.at = at
    }
}
