// SPDX-License-Identifier: Apache-2.0

/// A company or body that signs, operates, pays or verifies.
package struct Party: Sendable, Equatable {
    /// The identifier used by clauses.
    package var id: String
    /// The name for people.
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
