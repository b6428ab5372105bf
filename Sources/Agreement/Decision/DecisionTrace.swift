// SPDX-License-Identifier: Apache-2.0

/// How a decision came about: each clause consulted, what it said, and what became of each deployment.
///
/// It is a function of the decision's inputs, holds no instant, no request and no number of evidence (those stand in the
/// decision), and therefore stands for many decisions.
package struct DecisionTrace: Sendable, Equatable {
    /// One clause and what it said.
    package struct ClauseLine: Sendable, Equatable {
        /// `agreement/clause`.
        package var clause: String
        /// The instrument that put it in force.
        package var instrument: String
        package var saying: String
        /// The carve-out that lifts it; empty where none does.
        package var carveOut: String

        package init(clause: String, instrument: String, saying: String, carveOut: String) {
            self.clause = clause
            self.instrument = instrument
            self.saying = saying
            self.carveOut = carveOut
        }
    }

    /// One deployment and what became of it.
    package struct DeploymentLine: Sendable, Equatable {
        package var deployment: String
        /// For example `listed`, `forbidden`, `waits for a launch`.
        package var verdict: String
        /// The clause behind the verdict; empty where none is.
        package var clause: String

        package init(deployment: String, verdict: String, clause: String) {
            self.deployment = deployment
            self.verdict = verdict
            self.clause = clause
        }
    }

    package var clauses: [ClauseLine]
    package var deployments: [DeploymentLine]
    /// The grounds that hold, by name.
    package var established: [String]
    /// The grounds that the clause names and for which evidence is missing.
    package var missing: [String]

    package init(
        clauses: [ClauseLine], deployments: [DeploymentLine], established: [String], missing: [String]
    ) {
        self.clauses = clauses
        self.deployments = deployments
        self.established = established
        self.missing = missing
    }
}

extension Plan {
    /// The trace of a decision that this plan made from the same inputs.
    ///
    /// - Parameters:
    ///   - decision: what the plan decided.
    ///   - terms: the terms that the plan was made from.
    ///   - windows: the capacity windows that the decision read.
    ///   - at: the admission.
    ///   - now: the instant of the call.
    ///   - own: what the request had met.
    /// - Returns: the trace; equal inputs give equal traces.
    package func trace(
        _ decision: Decision, terms: Terms, windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals
    ) -> DecisionTrace {
        let established = assess(homeGrounds, windows: windows, now: now, own: own)
        let barriers = barriers(windows: windows, at: at, now: now, own: own)
        let named = bindings.first?.named ?? []
        // A migration brings its ground with it, which the request by itself need not have.
        let moving = (0..<decision.count).first { decision[$0].flags.contains(.migrated) }.map { decision[$0].grounds }
        let holding = established.grounds.union(moving ?? [])
        return DecisionTrace(
            clauses: consulted.map { line in
                DecisionTrace.ClauseLine(
                    clause: terms.reference(line.clause), instrument: terms.clauses[line.clause].instrument,
                    saying: line.saying.rawValue, carveOut: line.carveOut ?? "")
            },
            deployments: candidates.map { candidate in
                let (verdict, clause) = verdict(
                    on: candidate, decision: decision, windows: windows, at: at, now: now, own: own,
                    barriers: barriers,
                    mayLeave: !bindings.isEmpty
                        && bindings.allSatisfy { $0.spillOn.isSatisfied(by: established.grounds) })
                return DecisionTrace.DeploymentLine(
                    deployment: table.deployments[candidate.deployment].id, verdict: verdict,
                    clause: clause.map { terms.reference($0) } ?? "")
            },
            established: holding.grounds.map(\.name),
            missing: named.filter { !holding.contains(GroundSet($0)) }.map(\.name))
    }

    private func verdict(
        on candidate: Candidate, decision: Decision, windows: [CapacityWindow], at: Instant, now: Instant,
        own: OwnSignals, barriers: Barriers, mayLeave: Bool
    ) -> (String, Int?) {
        if let position = (0..<decision.count).first(where: { Int(decision[$0].deployment) == candidate.deployment }) {
            let entry = decision[position]
            let clause = entry.clause == Decision.noClause ? nil : Int(entry.clause)
            if entry.flags.contains(.departure) { return ("listed against the terms, under an override", clause) }
            if entry.flags.contains(.wait) { return ("listed again after the wait that the clause obliges to", clause) }
            if entry.flags.contains(.migrated), let shown = entry.shown, let mover = mover(at: at) {
                return ("listed by the migration \(movers[mover].migration.id) on the ground \(shown.name)", clause)
            }
            if let shown = entry.shown { return ("listed on the ground \(shown.name)", clause) }
            return (entry.flags.contains(.probe) ? "listed as a probe of its window" : "listed", clause)
        }
        if let clause = candidate.forbiddenBy { return ("forbidden", clause) }
        if let position = ban(on: candidate, forbidding: barriers.bans) {
            return (bans[position].matter.verdict, bans[position].clause)
        }
        if own.tried & 1 << UInt64(candidate.position) != 0 { return ("already tried by this request", nil) }
        if let position = embargoes.indices.first(where: { index in
            barriers.embargoes & 1 << UInt64(min(index, 63)) != 0 && embargoes[index].cloud != candidate.cloud
        }) {
            return ("waits for a launch", embargoes[position].clause)
        }
        if settledRefusal == .conflict { return ("agreements contradict each other", bindingClause) }
        if let home, candidate.cloud != home, !mayLeave {
            return ("only on a ground that does not hold", bindingClause)
        }
        if let until = closing(of: candidate, windows: windows, now: now), now < until {
            return ("asked not to be called yet", nil)
        }
        if candidate.cloud == home { return ("left out: the feature is declined there", nil) }
        return ("not needed", nil)
    }
}

/// Everything that the text of a trace depends on for one plan; equal keys have equal traces.
package struct TraceKey: Sendable, Hashable {
    private let decision: Decision
    private let established: GroundSet
    private let closedEmbargoes: UInt64
    /// The bans that forbid, as bits of their position.
    private let forbiddingBans: UInt64
    private let tried: UInt64
    /// The candidates whose lanes asked not to be called yet, as bits of their position.
    private let closedLanes: UInt64
    /// The migration that moves the request; `nil` where none does.
    private let mover: Int?

    fileprivate init(
        decision: Decision, established: GroundSet, barriers: Plan.Barriers, tried: UInt64, closedLanes: UInt64,
        mover: Int?
    ) {
        self.decision = decision
        self.established = established
        closedEmbargoes = barriers.embargoes
        forbiddingBans = barriers.bans
        self.tried = tried
        self.closedLanes = closedLanes
        self.mover = mover
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(decision.count)
        hasher.combine(decision.refusal)
        hasher.combine(established)
        hasher.combine(tried)
        hasher.combine(closedLanes)
    }

    package static func == (left: TraceKey, right: TraceKey) -> Bool {
        left.established == right.established && left.closedEmbargoes == right.closedEmbargoes
            && left.forbiddingBans == right.forbiddingBans && left.tried == right.tried
            && left.closedLanes == right.closedLanes && left.mover == right.mover
            && left.decision.listsTheSame(as: right.decision)
    }
}

extension Plan {
    /// The key under which a decision's trace may be remembered.
    package func traceKey(
        _ decision: Decision, windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals
    ) -> TraceKey {
        var closedLanes: UInt64 = 0
        for candidate in candidates {
            guard let until = closing(of: candidate, windows: windows, now: now), now < until else { continue }
            closedLanes |= 1 << UInt64(candidate.position)
        }
        return TraceKey(
            decision: decision, established: assess(homeGrounds, windows: windows, now: now, own: own).grounds,
            barriers: barriers(windows: windows, at: at, now: now, own: own), tried: own.tried,
            closedLanes: closedLanes, mover: own.bucket == nil ? nil : mover(at: at))
    }
}

extension Decision {
    /// Whether two decisions differ at most in instants and numbers of evidence.
    fileprivate func listsTheSame(as other: Decision) -> Bool {
        guard refusal == other.refusal, count == other.count else { return false }
        return (0..<count).allSatisfy { index in
            let (left, right) = (self[index], other[index])
            return left.deployment == right.deployment && left.shown == right.shown && left.clause == right.clause
                && left.flags == right.flags
        }
    }
}
