// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Crypto

/// Decides every recorded request again from the ledger's own entries and objects, and counts in and out.
package struct DecisionAuditor {
    /// How many past states are kept for decisions that were written a little after a newer fact.
    package static let historyMax = 4_096
    /// How many findings are kept; more are counted.
    package static let findingsMax = 100

    /// Something that does not hold.
    package struct Finding: Sendable, Equatable {
        /// The entry at which it was found.
        package var index: UInt64
        package var message: String
    }

    /// What was counted.
    package struct Tally: Sendable, Equatable {
        /// Calls of `decide` that were repeated.
        package var decisions: UInt64 = 0
        /// Requests with at least one enforced decision.
        package var accepted: UInt64 = 0
        package var placements: UInt64 = 0
        package var refusals: UInt64 = 0
        package var spills: UInt64 = 0
        package var departures: UInt64 = 0
        package var gaps: UInt64 = 0
        /// Accepted requests that have no end yet.
        package var open: UInt64 = 0
    }

    package private(set) var tally = Tally()
    package private(set) var findings: [Finding] = []
    /// How many findings there are, also beyond those kept.
    package private(set) var findingCount = 0
    private var replay: FactReplay
    private var history: [UInt64: Facts] = [:]
    private var open: [RequestID: OpenRequest] = [:]
    private var plans: [PlanKey: (Plan, Terms, [UInt8])] = [:]

    private struct OpenRequest {
        var admission: Instant
        var listed: [Set<String>] = []
    }

    private struct PlanKey: Hashable {
        var planRevision: UInt64
        var at: Instant
        var isObserved: Bool
        var workload: Workload
    }

    /// An auditor that finds objects with the closure.
    package init(object: @escaping FactReplay.ObjectSource) {
        replay = FactReplay(object: object)
        history[0] = replay.facts
    }

    /// Checks the next entry of the log.
    package mutating func take(_ bytes: [UInt8], at index: UInt64) {
        let entry: Entry
        do throws(RecordError) {
            entry = try Entry(bytes)
            if try replay.take(entry) {
                history[replay.facts.revision] = replay.facts
                if replay.facts.revision > UInt64(Self.historyMax) {
                    history[replay.facts.revision - UInt64(Self.historyMax)] = nil
                }
                return
            }
        } catch {
            return find(index, error.message)
        }
        switch entry {
        case .decision(let entry): check(entry, at: index)
        case .placement(let entry): check(entry, at: index)
        case .refusal(let entry):
            tally.refusals += 1
            close(entry.request, at: index)
        case .gap: tally.gaps += 1
        default: break
        }
    }

    /// Closes the books; requests without an end are counted, not reproached: a gateway may be serving them.
    package mutating func finish() {
        tally.open = UInt64(open.count)
    }

    private mutating func find(_ index: UInt64, _ message: String) {
        findingCount += 1
        if findings.count < Self.findingsMax { findings.append(Finding(index: index, message: message)) }
    }

    private mutating func check(_ entry: DecisionEntry, at index: UInt64) {
        tally.decisions += 1
        guard let facts = history[entry.revision] else {
            return find(index, "The decision on \(entry.request) read fact \(entry.revision), which is not in the log before it.")
        }
        let (plan, terms, digest) = plan(for: entry, facts: facts)
        guard digest == entry.terms else {
            return find(
                index,
                "The terms of the decision on \(entry.request) can't be reproduced; was it made with other time zone data?")
        }
        guard entry.at >= plan.validFrom, entry.at < plan.validUntil else {
            return find(index, "The decision on \(entry.request) was made outside the period of its terms.")
        }
        let again = plan.decide(windows: facts.windows, at: entry.at, now: entry.now, own: entry.own)
        guard again == entry.decision else {
            return find(index, "Deciding \(entry.request) again gives another outcome than the recorded one.")
        }
        let trace = plan.trace(
            again, terms: terms, windows: facts.windows, at: entry.at, now: entry.now, own: entry.own)
        if Array(SHA256.hash(data: trace.objectBytes())) != entry.trace {
            find(index, "The trace of the decision on \(entry.request) is not the one that its inputs give.")
        }
        guard !entry.isObserved else { return }
        if entry.number == 0 {
            tally.accepted += 1
            if open.updateValue(OpenRequest(admission: entry.at), forKey: entry.request) != nil {
                find(index, "The request \(entry.request) was admitted twice.")
            }
        }
        let table = facts.configuration.deployments
        open[entry.request]?.listed.append(
            Set((0..<again.count).map { table.deployments[Int(again[$0].deployment)].id }))
    }

    private mutating func check(_ entry: PlacementEntry, at index: UInt64) {
        tally.placements += 1
        if entry.isSpill { tally.spills += 1 }
        if entry.ground == "departure" { tally.departures += 1 }
        guard let request = open[entry.request] else {
            return find(index, "The placement of \(entry.request) has no decision before it, or a second end.")
        }
        for attempt in entry.attempts
        where !request.listed.indices.contains(Int(attempt.decision))
            || !request.listed[Int(attempt.decision)].contains(attempt.deployment) {
            find(index, "\(entry.request) was tried on \(attempt.deployment), which its decision does not list.")
        }
        if entry.isSpill, entry.ground == "primary" || entry.ground.isEmpty {
            find(index, "\(entry.request) left the primary without a ground.")
        }
        if entry.isSpill, entry.clause.isEmpty, entry.ground != "not-covered" {
            find(index, "\(entry.request) left the primary without a clause.")
        }
        close(entry.request, at: index)
    }

    private mutating func close(_ request: RequestID, at index: UInt64) {
        if open.removeValue(forKey: request) == nil {
            find(index, "\(request) ends without a decision, or a second time.")
        }
    }

    private mutating func plan(for entry: DecisionEntry, facts: Facts) -> (Plan, Terms, [UInt8]) {
        // Any plan of the same facts and workload whose period holds the admission will do.
        let terms = facts.terms(at: entry.at, includingObserved: entry.isObserved)
        let key = PlanKey(
            planRevision: facts.planRevision, at: terms.validFrom, isObserved: entry.isObserved,
            workload: entry.workload)
        if let known = plans[key] { return known }
        let plan = Plan(
            workload: entry.workload, terms: terms, configuration: facts.configuration, people: facts.standingEvidence)
        let made = (plan, terms, terms.digest())
        if plans.count >= Self.historyMax { plans.removeAll() }
        plans[key] = made
        return made
    }
}
