// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The facts as of a revision, immutable and shared by the event loops.
package final class Snapshot: Sendable {
    package let facts: Facts
    /// The people's evidence that stands.
    package let people: [PeopleEvidence]
    /// Whether an agreement is only observed, so that each request is decided a second time.
    package let hasObservedAgreement: Bool

    package init(_ facts: Facts) {
        self.facts = facts
        people = facts.standingEvidence
        hasObservedAgreement = facts.hasObservedAgreement
    }
}
