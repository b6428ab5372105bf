// SPDX-License-Identifier: Apache-2.0

/// New capacity that is offered to the holder of a right of first refusal, on the terms of the record's document.
///
/// Another offer under the same identifier, on improved terms, takes its place and has a clock of its own.
package struct Offer: Sendable, Equatable {
    /// The identifier that deployments on the capacity name; unique in its agreement.
    package var id: String
    package var agreement: String
    /// The clause under which it is made.
    package var clause: String
    package var quantity: Quantity
    /// When the holder had it.
    package var offered: Instant
    /// Whether it has everything that the clause asks for; only then, and with its document, the clock starts.
    package var isComplete: Bool

    package init(
        id: String, agreement: String, clause: String, quantity: Quantity, offered: Instant, isComplete: Bool
    ) {
        self.id = id
        self.agreement = agreement
        self.clause = clause
        self.quantity = quantity
        self.offered = offered
        self.isComplete = isComplete
    }
}
