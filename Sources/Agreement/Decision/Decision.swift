// SPDX-License-Identifier: Apache-2.0

/// What may be done with one request: the ordered deployments that it may use, or a refusal.
///
/// The size is fixed and nothing in it is on the heap.
package struct Decision: Sendable {
    /// How many deployments one decision lists at most.
    package static let entriesMax = 16
    /// How many clauses a refusal names at most.
    package static let refusalClausesMax = 4
    /// Stands for "no clause".
    package static let noClause = UInt16.max

    /// One deployment that may be used; in sixteen bytes, as its members are ordered.
    package struct Entry: Sendable, Hashable {
        /// The index in the deployment table.
        package var deployment: UInt16
        /// The position among the model's candidates, for ``OwnSignals``.
        package var position: UInt8
        /// The grounds that hold; empty on the primary.
        package var grounds: GroundSet
        /// The ground that is shown; the first in the clause's order.
        package var shown: Ground?
        package var flags: Flags
        /// The index of the clause that lets or binds it there; ``Decision/noClause`` where none does.
        package var clause: UInt16
        /// The revision of the evidence that it rests on; 0 where it rests on none or on the request's own signals.
        package var evidence: UInt64

        package init(
            deployment: UInt16, position: UInt8, grounds: GroundSet, shown: Ground?, clause: UInt16, evidence: UInt64,
            flags: Flags
        ) {
            self.deployment = deployment
            self.position = position
            self.grounds = grounds
            self.shown = shown
            self.clause = clause
            self.evidence = evidence
            self.flags = flags
        }
    }

    /// Marks of an entry.
    package struct Flags: OptionSet, Sendable, Hashable {
        package var rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Needs no ground: on the cloud that the terms name, or bound by no clause.
        package static let primary = Flags(rawValue: 1)
        /// The lane recovers: use it only while the window admits another request.
        package static let probe = Flags(rawValue: 2)
        /// Against the terms, under an override.
        package static let departure = Flags(rawValue: 4)
        /// The clause obliges to wait and try this deployment again.
        package static let wait = Flags(rawValue: 8)
        /// Goes there first because a migration moves it.
        package static let migrated = Flags(rawValue: 16)
    }

    /// Why nothing is listed.
    package enum Refusal: UInt8, Sendable, CaseIterable {
        /// No deployment serves the model.
        case modelNotConfigured
        /// The primary has no deployment for the model or feature.
        case primaryNotConfigured
        /// The terms forbid every deployment.
        case forbidden
        /// Agreements contradict each other.
        case conflict
        /// The primary's lanes asked not to be called yet, and no ground lets the request leave.
        case primaryBusy
        /// Everything that may be tried has been tried by this request.
        case exhausted

        /// The name as written.
        package var name: String {
            switch self {
            case .modelNotConfigured: "model-not-configured"
            case .primaryNotConfigured: "primary-not-configured"
            case .forbidden: "forbidden"
            case .conflict: "conflict"
            case .primaryBusy: "primary-busy"
            case .exhausted: "exhausted"
            }
        }
    }

    /// Set where nothing is listed.
    package var refusal: Refusal?
    /// How many entries are listed.
    package private(set) var count = 0
    private var entries: InlineArray<16, Entry>
    /// How many clauses the refusal names.
    package private(set) var refusalClauseCount = 0
    private var refusalClauses = InlineArray<4, UInt16>(repeating: Decision.noClause)
    /// The earliest instant at which a lane that is left out may be called again; only with `primaryBusy`.
    package var retryAt = Instant.distantFuture
    /// The first clause that a request is bound by; ``noClause`` where none binds it.
    package var bindingClause = Decision.noClause

    package init() {
        entries = InlineArray(
            repeating: Entry(
                deployment: 0, position: 0, grounds: [], shown: nil, clause: Self.noClause, evidence: 0, flags: []))
    }

    /// The entry at an index below ``count``.
    package subscript(index: Int) -> Entry {
        precondition(index < count)
        return entries[index]
    }

    /// Lists another deployment; beyond ``entriesMax`` it is left out.
    package mutating func append(_ entry: Entry) {
        guard count < Self.entriesMax else { return }
        entries[count] = entry
        count += 1
    }

    /// Names a clause of the refusal, once; beyond ``refusalClausesMax`` it is left out.
    package mutating func blame(_ clause: Int) {
        let index = UInt16(clause)
        guard refusalClauseCount < Self.refusalClausesMax else { return }
        for known in 0..<refusalClauseCount where refusalClauses[known] == index { return }
        refusalClauses[refusalClauseCount] = index
        refusalClauseCount += 1
    }

    /// The index of a clause that the refusal names; the position is below ``refusalClauseCount``.
    package func refusalClause(_ position: Int) -> Int {
        precondition(position < refusalClauseCount)
        return Int(refusalClauses[position])
    }

    /// Whether a deployment is listed.
    package func lists(deployment: Int) -> Bool {
        for index in 0..<count where Int(entries[index].deployment) == deployment { return true }
        return false
    }
}

extension Decision: Equatable {
    package static func == (left: Decision, right: Decision) -> Bool {
        guard
            left.refusal == right.refusal, left.count == right.count, left.retryAt == right.retryAt,
            left.bindingClause == right.bindingClause, left.refusalClauseCount == right.refusalClauseCount
        else { return false }
        return (0..<left.count).allSatisfy { left[$0] == right[$0] }
            && (0..<left.refusalClauseCount).allSatisfy { left.refusalClause($0) == right.refusalClause($0) }
    }
}
