// SPDX-License-Identifier: Apache-2.0

/// A part of a clause's subject that the clause does not bind.
package struct CarveOut: Sendable, Equatable {
    package var id: String
    package var appliesTo: Condition
    package var text: String?

    package init(id: String, appliesTo: Condition, text: String?) {
        self.id = id
        self.appliesTo = appliesTo
        self.text = text
    }
}
