// SPDX-License-Identifier: Apache-2.0

/// Something that may happen and that a period may wait for.
package struct EventDeclaration: Sendable, Equatable {
    /// The identifier used by `until: {event: …}`.
    package var id: String
    /// The party that declares that it happened.
    package var declaredBy: String
    /// The party or body whose verification is needed before the declaration counts; `nil` where none is.
    package var verifiedBy: String?

    package init(id: String, declaredBy: String, verifiedBy: String?) {
        self.id = id
        self.declaredBy = declaredBy
        self.verifiedBy = verifiedBy
    }
}
