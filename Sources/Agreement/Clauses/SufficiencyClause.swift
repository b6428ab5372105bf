// SPDX-License-Identifier: Apache-2.0

/// Says what counts as evidence that the primary cloud lacks capacity.
///
/// A `primary-cloud` clause without one has ``defaults(cloud:)``.
package struct SufficiencyClause: Sendable, Equatable {
    /// Which of the two parts must hold for the ground `capacity`.
    package enum Requirement: String, Sendable, CaseIterable {
        /// The request's own signals or a window.
        case either
        /// The request's own signals and a window.
        case both
        /// The request's own signals alone.
        case request
        /// A window alone.
        case window
    }

    /// A kind of signal that a clause may count.
    package enum Signal: String, Sendable, CaseIterable {
        /// The provider says that it has no capacity.
        case noCapacity = "no-capacity"
        /// Our own quota at the provider is used up; only together with a dated refusal of a quota request.
        case ownQuota = "own-quota"
    }

    /// The cloud that the clause is about.
    package var cloud: String
    package var require: Requirement
    /// The signals that count.
    package var counts: [Signal]
    /// The document or number of the refused quota request; needed where `counts` has `own-quota`.
    package var quotaRefusal: String?
    /// How often a request must wait and try the primary's last lane again before its own signals count; 0 to 8.
    package var retries: Int
    /// How many signals open a window; 1 to ``CapacityWindow/signalsMax``.
    package var windowSignals: Int
    /// Within how many milliseconds those signals must fall.
    package var windowWithinMilliseconds: Int64
    /// How many milliseconds after its last signal a window can no longer be relied on.
    package var timeToLiveMilliseconds: Int64
    /// How many successes in a row close a window; 1 to 30.
    package var recoverySuccesses: Int

    package init(
        cloud: String, require: Requirement, counts: [Signal], quotaRefusal: String?, retries: Int,
        windowSignals: Int, windowWithinMilliseconds: Int64, timeToLiveMilliseconds: Int64, recoverySuccesses: Int
    ) {
        self.cloud = cloud
        self.require = require
        self.counts = counts
        self.quotaRefusal = quotaRefusal
        self.retries = retries
        self.windowSignals = windowSignals
        self.windowWithinMilliseconds = windowWithinMilliseconds
        self.timeToLiveMilliseconds = timeToLiveMilliseconds
        self.recoverySuccesses = recoverySuccesses
    }

    /// What holds where the agreement says nothing: one signal, relied on for a minute, closed by three successes.
    package static func defaults(cloud: String) -> SufficiencyClause {
        SufficiencyClause(
            cloud: cloud, require: .either, counts: [.noCapacity], quotaRefusal: nil, retries: 0, windowSignals: 1,
            windowWithinMilliseconds: 60_000, timeToLiveMilliseconds: 60_000, recoverySuccesses: 3)
    }
}
