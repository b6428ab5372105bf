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
    /// The migrations that were opened on a refusal which the log does not hold.
    private var unfounded: Set<String> = []
    private var lastTerms: (planRevision: UInt64, isObserved: Bool, terms: Terms)?
    private var plans: [PlanKey: (Plan, Terms, [UInt8])] = [:]

    private struct OpenRequest {
        /// What each decision lists, by deployment.
        var listed: [[String: Listing]] = []
    }

    /// What a placement must say when it ends on a deployment that a decision lists.
    private struct Listing: Equatable {
        var ground: String
        var clause: String
        var evidence: UInt64
        var isSpill: Bool
        var migration: String?

        init(_ entry: Decision.Entry, terms: Terms, migration: String?) {
            ground = entry.flags.contains(.departure) ? "departure" : entry.shown?.name ?? "primary"
            clause = entry.clause == Decision.noClause ? "" : terms.reference(Int(entry.clause))
            evidence = entry.evidence
            isSpill = !entry.flags.contains(.primary)
            self.migration = entry.flags.contains(.migrated) ? migration : nil
        }

        init(_ entry: PlacementEntry) {
            ground = entry.ground
            clause = entry.clause
            evidence = entry.evidence
            isSpill = entry.isSpill
            migration = entry.migration
        }
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
            let last = replay.facts.revision
            if try replay.take(entry) {
                if replay.facts.revision != last + 1 {
                    find(
                        index, "Fact \(replay.facts.revision) follows fact \(last); the facts between them are missing."
                    )
                }
                history[replay.facts.revision] = replay.facts
                if case .recorded(let entry) = entry { noteOpening(entry.subject) }
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

    /// Notes a migration for lack of capacity whose evidence is no refusal by the cloud that it leaves.
    ///
    /// The refusal is remembered by a window at the opening, or was until a moment before.
    private mutating func noteOpening(_ subject: PeopleEvidence.Subject) {
        guard case .migration(let report) = subject, case .opened(let opening) = report.step,
            opening.ground == .capacity, let evidence = opening.evidence
        else { return }
        let isKnown = [replay.facts, history[evidence]].contains { facts in
            facts?.refusals(by: opening.from, of: opening.model).contains(evidence) ?? false
        }
        if !isKnown { unfounded.insert(report.migration) }
    }

    private mutating func find(_ index: UInt64, _ message: String) {
        findingCount += 1
        if findings.count < Self.findingsMax { findings.append(Finding(index: index, message: message)) }
    }

    private mutating func check(_ entry: DecisionEntry, at index: UInt64) {
        tally.decisions += 1
        guard let facts = history[entry.revision] else {
            return find(
                index,
                "The decision on \(entry.request) read fact \(entry.revision), which is not in the log before it.")
        }
        let (plan, terms, digest) = plan(for: entry, facts: facts)
        guard digest == entry.terms else {
            return find(
                index,
                "The terms of the decision on \(entry.request) can't be reproduced; "
                    + "was it made with other time zone data?")
        }
        guard entry.at >= plan.validFrom, entry.at < plan.validUntil else {
            return find(index, "The decision on \(entry.request) was made outside the period of its terms.")
        }
        let running = plan.mover(at: entry.at).map { plan.movers[$0].migration.id }
        if entry.own.bucket != nil, running != entry.migration {
            return find(index, "The decision on \(entry.request) names another migration than the one that ran then.")
        }
        let again = plan.decide(windows: facts.windows, at: entry.at, now: entry.now, own: entry.own)
        guard again == entry.decision else {
            return find(index, "Deciding \(entry.request) again gives another outcome than the recorded one.")
        }
        if let migration = entry.migration, unfounded.contains(migration),
            (0..<again.count).contains(where: { again[$0].flags.contains(.migrated) })
        {
            find(
                index,
                "The migration \(migration) moves \(entry.request) for lack of capacity, and its evidence is no refusal "
                    + "by the cloud that it leaves.")
        }
        let trace = plan.trace(
            again, terms: terms, windows: facts.windows, at: entry.at, now: entry.now, own: entry.own)
        if Array(SHA256.hash(data: trace.objectBytes())) != entry.trace {
            find(index, "The trace of the decision on \(entry.request) is not the one that its inputs give.")
        }
        guard !entry.isObserved else { return }
        if entry.number == 0 {
            tally.accepted += 1
            if open.updateValue(OpenRequest(), forKey: entry.request) != nil {
                find(index, "The request \(entry.request) was admitted twice.")
            }
        }
        guard let listed = open[entry.request]?.listed, listed.count == Int(entry.number) else {
            return find(index, "Decision \(entry.number) on \(entry.request) does not follow the one before it.")
        }
        let deployments = facts.configuration.deployments.deployments
        let entries = (0..<again.count).map { again[$0] }
        open[entry.request]?.listed.append(
            Dictionary(
                entries.map {
                    (deployments[Int($0.deployment)].id, Listing($0, terms: terms, migration: entry.migration))
                },
                uniquingKeysWith: { first, _ in first }))
    }

    private mutating func check(_ entry: PlacementEntry, at index: UInt64) {
        tally.placements += 1
        if entry.isSpill { tally.spills += 1 }
        if entry.ground == "departure" { tally.departures += 1 }
        guard let request = open[entry.request] else {
            return find(index, "The placement of \(entry.request) has no decision before it, or a second end.")
        }
        var last: Listing?
        for attempt in entry.attempts {
            let number = Int(attempt.decision)
            last = request.listed.indices.contains(number) ? request.listed[number][attempt.deployment] : nil
            if last == nil {
                find(index, "\(entry.request) was tried on \(attempt.deployment), which its decision does not list.")
            }
        }
        if entry.isSpill, entry.ground == "primary" || entry.ground.isEmpty {
            find(index, "\(entry.request) left the primary without a ground.")
        } else if entry.isSpill, entry.clause.isEmpty, entry.ground != "not-covered", entry.ground != "departure" {
            find(index, "\(entry.request) left the primary without a clause.")
        } else if let last, last != Listing(entry) {
            find(
                index,
                "The placement of \(entry.request) has not the ground, clause, evidence and migration of its decision.")
        }
        close(entry.request, at: index)
    }

    private mutating func close(_ request: RequestID, at index: UInt64) {
        if open.removeValue(forKey: request) == nil {
            find(index, "\(request) ends without a decision, or a second time.")
        }
    }

    private mutating func terms(for entry: DecisionEntry, facts: Facts) -> Terms {
        if let known = lastTerms, known.planRevision == facts.planRevision, known.isObserved == entry.isObserved,
            entry.at >= known.terms.validFrom, entry.at < known.terms.validUntil
        {
            return known.terms
        }
        let terms = facts.terms(at: entry.at, includingObserved: entry.isObserved)
        lastTerms = (facts.planRevision, entry.isObserved, terms)
        return terms
    }

    private mutating func plan(for entry: DecisionEntry, facts: Facts) -> (Plan, Terms, [UInt8]) {
        // Any plan of the same facts and workload whose period holds the admission will do.
        let terms = terms(for: entry, facts: facts)
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
