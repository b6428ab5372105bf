// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The facts as of a revision, immutable and shared by the event loops.
package final class Snapshot: Sendable {
    package let facts: Facts
    /// The people's evidence that stands.
    package let people: [PeopleEvidence]
    /// Whether an agreement is only observed, so that each request is decided a second time.
    package let hasObservedAgreement: Bool

    /// A snapshot of the facts.
    ///
    /// - Parameters:
    ///   - facts: the facts as they stand.
    ///   - previous: the snapshot before, from which is taken what has not changed since.
    package init(_ facts: Facts, previous: Snapshot? = nil) {
        self.facts = facts
        if let previous, previous.facts.planRevision == facts.planRevision {
            people = previous.people
            hasObservedAgreement = previous.hasObservedAgreement
        } else {
            people = facts.standingEvidence
            hasObservedAgreement = facts.hasObservedAgreement
        }
    }
}
