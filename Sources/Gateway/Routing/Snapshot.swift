// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The facts as of a revision, immutable and shared by the event loops.
package final class Snapshot: Sendable {
    package let facts: Facts
    /// The people's evidence that stands.
    package let people: [PeopleEvidence]
    /// Whether an agreement is only observed, so that each request is decided a second time.
    package let hasObservedAgreement: Bool
    /// The facts under the agreements on trial; `nil` where there is none.
    let shadow: Facts?
    private let trial: TrialAgreements?
    /// How often facts were taken back because the ledger lost them; their numbers are then given again.
    let losses: Int

    /// A snapshot of the facts.
    ///
    /// - Parameters:
    ///   - facts: the facts as they stand.
    ///   - previous: the snapshot before, from which is taken what has not changed since.
    ///   - losses: how often facts were taken back.
    ///   - trial: the agreements on trial.
    package init(_ facts: Facts, previous: Snapshot? = nil, losses: Int = 0, trial: TrialAgreements? = nil) {
        self.facts = facts
        self.losses = losses
        self.trial = trial
        if let previous, previous.facts.planRevision == facts.planRevision {
            people = previous.people
            hasObservedAgreement = previous.hasObservedAgreement
            // Capacity is read from the present facts, so that only what plans depend on matters here.
            shadow =
                previous.trial == trial ? previous.shadow : trial.map { facts.under($0.documents, drafts: $0.drafts) }
        } else {
            people = facts.standingEvidence
            hasObservedAgreement = facts.hasObservedAgreement
            shadow = trial.map { facts.under($0.documents, drafts: $0.drafts) }
        }
    }

    /// Whether this is later than another snapshot.
    func follows(_ other: Snapshot) -> Bool {
        (losses, facts.revision) > (other.losses, other.facts.revision)
    }
}
