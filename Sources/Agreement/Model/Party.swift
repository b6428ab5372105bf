// SPDX-License-Identifier: Apache-2.0

/// A company or body that signs, operates, pays or verifies.
package struct Party: Sendable, Equatable {
    /// The identifier used by clauses.
    package var id: String
    /// The name for people.
    package var name: String
    /// The companies that the agreement counts as part of it, by their names for people; nobody else is.
    package var affiliates: [String]

    package init(id: String, name: String, affiliates: [String] = []) {
        self.id = id
        self.name = name
        self.affiliates = affiliates
    }
}
