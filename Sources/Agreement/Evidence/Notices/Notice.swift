// SPDX-License-Identifier: Apache-2.0

/// A dated paper served on a party; by itself it changes no decision.
package struct Notice: Sendable, Equatable {
    package var agreement: String
    /// The clause under which it is served; `nil` where it is about the whole agreement.
    package var clause: String?
    /// The party on which it is served.
    package var to: String
    package var served: Instant
    /// What it says, in a sentence.
    package var about: String

    package init(agreement: String, clause: String?, to: String, served: Instant, about: String) {
        self.agreement = agreement
        self.clause = clause
        self.to = to
        self.served = served
        self.about = about
    }
}
