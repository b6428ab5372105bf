// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// A migration whose ground lets it move the workload.
    package struct Mover: Sendable {
        package let migration: Migration
        /// Tells its parts of the workload apart from another migration's.
        package let salt: UInt64
        /// The number of the evidence that the ground rests on; of the opening where the ground needs none.
        package let evidence: UInt64
        /// When that evidence holds.
        let time: TimedEvidence
        /// The clause that names the ground; `nil` where no clause is about the workload.
        let clause: Int?

        /// Whether the evidence holds at an instant.
        package func holds(at instant: Instant) -> Bool {
            time.from <= instant && instant < time.until
        }
    }

    /// A migration that moves nothing of the workload, and why.
    package struct IdleMigration: Sendable, Equatable {
        package var migration: Migration
        /// Words that go on after "moves nothing: ".
        package var reason: String
    }

    /// The migration that moves a share of the workload at an instant: the first opened of those that do.
    ///
    /// - Parameter at: the admission, so that a request keeps to its step for its whole life.
    /// - Returns: its index among ``movers``; `nil` where none moves anything then.
    package func mover(at: Instant) -> Int? {
        for (index, mover) in movers.enumerated()
        where mover.holds(at: at) && mover.migration.percent(at: at) > 0 {
            return index
        }
        return nil
    }

    /// Sorts the migrations of the workload into those that its terms let move it, and the others.
    func settleMigrations(
        workload: Workload, terms: Terms, applicable: [Int], people: [PeopleEvidence]
    ) {
        guard people.contains(where: { if case .migration = $0.subject { true } else { false } }) else { return }
        for migration in Migration.all(in: people) {
            let opening = migration.opening
            guard opening.product == nil || opening.product == workload[.product],
                opening.model == nil || opening.model == model
            else { continue }
            if let reason = objection(to: opening, terms: terms) {
                idleMigrations.append(IdleMigration(migration: migration, reason: reason))
                continue
            }
            switch ground(of: migration, terms: terms, applicable: applicable, people: people) {
            case .success(let time):
                movers.append(
                    Mover(
                        migration: migration, salt: MigrationBucket.salt(of: migration.id), evidence: time.revision,
                        time: time, clause: bindings.first?.clause ?? liftedClause))
            case .failure(let objection):
                idleMigrations.append(IdleMigration(migration: migration, reason: objection.reason))
            }
        }
    }

    /// Why the terms don't let a migration move the workload; `nil` where they do.
    private func objection(to opening: MigrationReport.Opening, terms: Terms) -> String? {
        if settledRefusal == .conflict { return "agreements contradict each other about where the workload belongs" }
        if let home {
            guard home == opening.from else { return "the terms name \(home) for the workload, not \(opening.from)" }
            guard !bindings.isEmpty else {
                return "\(bindingClause.map { terms.reference($0) } ?? "the terms") lets nothing leave \(home)"
            }
            for binding in bindings where !binding.named.contains(opening.ground) {
                return "\(terms.reference(binding.clause)) does not name the ground \(opening.ground.name)"
            }
        } else if let liftedClause {
            guard opening.ground == .carveOut else {
                return "a carve-out lifts \(terms.reference(liftedClause)), so that its ground is carve-out, "
                    + "not \(opening.ground.name)"
            }
            guard liftedCloud == opening.from else {
                return "\(terms.reference(liftedClause)) names \(liftedCloud ?? "no cloud"), not \(opening.from)"
            }
        } else if opening.ground != .notCovered {
            return "no clause is about the workload, so that its ground is not-covered, not \(opening.ground.name)"
        }
        guard candidates.contains(where: { $0.cloud == opening.to }) else {
            return "no deployment on \(opening.to) serves the workload"
        }
        return nil
    }

    private struct Objection: Error {
        var reason: String
    }

    /// When the evidence holds on which a migration's ground rests, or what is amiss with it.
    private func ground(
        of migration: Migration, terms: Terms, applicable: [Int], people: [PeopleEvidence]
    ) -> Result<TimedEvidence, Objection> {
        let opening = migration.opening
        func always(_ evidence: UInt64) -> TimedEvidence {
            TimedEvidence(from: .distantPast, until: .distantFuture, revision: evidence)
        }
        switch opening.ground {
        case .carveOut, .notCovered:
            return .success(always(migration.openedBy))
        case .outage:
            return .failure(
                Objection(reason: "an outage is known to the request that meets it, and is no standing one"))
        case .capacity:
            // Who records it names a refusal that the gateway met; a word alone is no evidence.
            guard let evidence = opening.evidence, evidence > 0, evidence < migration.openedBy else {
                return .failure(Objection(reason: "it names no refusal by \(opening.from) as its evidence"))
            }
            return .success(always(evidence))
        case .declined:
            guard let evidence = opening.evidence else {
                return .failure(Objection(reason: "it names no decline by \(opening.from) as its evidence"))
            }
            let rules = SupportRequest.Rules(
                applicable.compactMap { index in
                    guard case .decline(let clause) = terms.clauses[index].clause.kind, clause.cloud == opening.from
                    else { return nil }
                    return clause
                })
            let declines = declines(by: opening.from, of: .all, rules: rules, people: people)
            guard let time = declines.first(where: { $0.revision == evidence }) else {
                return .failure(
                    Objection(
                        reason: "evidence \(evidence) is no standing decline by \(opening.from) of the model \(model)"))
            }
            return .success(time)
        }
    }

    /// Lists the target of the migration that moves the request, in front of where it belongs.
    ///
    /// The primary stays behind it: it is always permitted.
    func listMigrated(
        in decision: inout Decision, bucket: UInt16, windows: [CapacityWindow], at: Instant, now: Instant,
        own: OwnSignals, barriers: Barriers, established: Established
    ) {
        guard let index = mover(at: at) else { return }
        let time = movers[index].time
        guard now < time.until, Int(bucket) < movers[index].migration.percent(at: at) * MigrationBucket.perPercent
        else { return }
        let ground = movers[index].migration.opening.ground
        // A clause that asks for several grounds together needs the others from the evidence of the moment.
        let holding = established.grounds.union(GroundSet(ground))
        var grounds = GroundSet(ground)
        for binding in bindings {
            guard binding.spillOn.isSatisfied(by: holding) else { return }
            for named in binding.named where holding.contains(GroundSet(named)) { grounds.insert(GroundSet(named)) }
        }
        for candidate in candidates
        where candidate.cloud == movers[index].migration.opening.to && candidate.forbiddenBy == nil
            && !isBarred(candidate, barriers) && own.tried & 1 << UInt64(candidate.position) == 0
        {
            guard var flags = use(of: candidate, windows: windows, now: now, in: &decision) else { continue }
            flags.insert(.migrated)
            if ground == .notCovered { flags.insert(.primary) }
            append(
                candidate, to: &decision, shown: ground, grounds: grounds, clause: movers[index].clause,
                evidence: movers[index].evidence, flags: flags)
        }
    }
}
