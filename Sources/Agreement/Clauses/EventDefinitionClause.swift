// SPDX-License-Identifier: Apache-2.0

/// Says in the paper's words what an event of the agreement is, and how it comes to count.
package struct EventDefinitionClause: Sendable, Equatable {
    /// From when a verified event counts.
    package enum Effect: String, Sendable, CaseIterable {
        /// From the declaration.
        case declaration
        /// From the verification.
        case verification
    }

    /// Whether the event can be taken back.
    package enum Reversal: Sendable, Equatable {
        /// What was declared and verified stands.
        case irrevocable
        /// On a challenge within so many milliseconds; `nil` means at any time.
        case onChallenge(withinMilliseconds: Int64?)
    }

    /// The identifier of the event, as declared at the top of the file.
    package var event: String
    /// The same party as there.
    package var declaredBy: String
    /// The same body as there; `nil` where none verifies.
    package var verifiedBy: String?
    package var effectiveAt: Effect
    package var reversal: Reversal

    package init(
        event: String, declaredBy: String, verifiedBy: String?, effectiveAt: Effect, reversal: Reversal
    ) {
        self.event = event
        self.declaredBy = declaredBy
        self.verifiedBy = verifiedBy
        self.effectiveAt = effectiveAt
        self.reversal = reversal
    }
}
