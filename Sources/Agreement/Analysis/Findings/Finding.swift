// SPDX-License-Identifier: Apache-2.0

/// Something about what agreements say together that their authors will want to know.
package struct Finding: Sendable, Equatable {
    /// How bad it is.
    package enum Severity: String, Sendable, CaseIterable {
        /// Requests are refused because agreements contradict each other.
        case error
        /// Probably not what was meant.
        case warning
        /// Worth knowing.
        case note
    }

    /// The kinds of finding, in the order in which they are listed.
    package enum Code: String, Sendable, CaseIterable {
        /// Agreements contradict each other about a request.
        case conflict
        /// Two clauses name different primary clouds for a request.
        case differentPrimaries = "different-primaries"
        /// Nobody may serve a request.
        case unservable
        /// The primary cloud has no deployment for a request.
        case primaryNotConfigured = "primary-not-configured"
        /// No request matches the clause's selector.
        case emptySelector = "empty-selector"
        /// Every request that matches the clause's selector is carved out.
        case alwaysCarvedOut = "always-carved-out"
        /// The clause is in force at no time.
        case neverInForce = "never-in-force"
        /// A carve-out lets nothing go.
        case vacuousCarveOut = "vacuous-carve-out"
        /// The grounds of a clause let nothing go anywhere.
        case spillNowhere = "spill-nowhere"
        /// No decision would be another without the clause.
        case duplicate
        /// There are too many classes of requests, or periods, to look at.
        case tooManyCells = "too-many-cells"
    }

    /// A time in which it holds, closed-open.
    package struct Period: Sendable, Hashable {
        package var from: Instant
        /// The first instant after it; ``Instant/distantFuture`` where it is open.
        package var to: Instant
    }

    package var code: Code
    package var severity: Severity
    /// The clauses concerned, as `agreement/clause`, in order.
    package var clauses: [String]
    /// When it holds; empty where it is not about a time.
    package var periods: [Period]
    /// The events, as `agreement/event`, that must have happened for it.
    package var happened: [String]
    /// A request that shows it, in the first of the periods.
    package var witness: Workload?
    /// The instant at which it does.
    package var decidedAt: Instant?
    /// From when the events that must have happened act in that decision.
    package var happenedFrom: Instant?
    /// The requests concerned, in the words of an agreement; empty where it is about none.
    package var requests: [String]
    /// The evidence with which it was seen, the least of all.
    package var evidence: EvidenceWords?
    /// What is the matter, without a full stop.
    package var message: String
    /// One sentence on how to mend it.
    package var mend: String

    /// Evidence in words, and as it was.
    package struct EvidenceWords: Sendable, Equatable {
        /// Such as `capacity alone, before a launch`.
        package var words: String
        package var grounds: GroundSet
        package var isLaunched: Bool
        package var isExceeded: Bool
    }
}
