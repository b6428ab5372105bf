// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// Settles everything that is not given, in the order in which one thing follows from another.
    func settle(workload: Workload, terms: Terms, configuration: PlacementConfiguration, people: [PeopleEvidence]) {
        let applicable = consult(terms, about: workload)
        settleHome(terms: terms, applicable: applicable)
        order(makeCandidates(workload: workload, terms: terms, applicable: applicable))
        settleRefusal()
        bans = makeBans(terms: terms, applicable: applicable, people: people)

        if let home {
            homeGrounds = makeGrounds(
                of: home, workload: workload, terms: terms, applicable: applicable, people: people)
        }
        embargoes = makeEmbargoes(
            workload: workload, terms: terms, applicable: applicable, people: people,
            lineage: configuration.lineage(of: model))
        departures = makeDepartures(workload: workload, people: people)
        settleMigrations(workload: workload, terms: terms, applicable: applicable, people: people)
    }

    /// Notes what each clause says of the workload, and gives the indexes of those that apply.
    private func consult(_ terms: Terms, about workload: Workload) -> [Int] {
        var applicable: [Int] = []
        for index in terms.clauses.indices {
            let inForce = terms.clauses[index]
            switch terms.application(of: index, to: workload) {
            case .otherWorkload:
                consulted.append(Consulted(clause: index, saying: .otherWorkload))
                continue
            case .carvedOut(let carveOut):
                consulted.append(Consulted(clause: index, saying: .carvedOut, carveOut: carveOut))
                if liftedClause == nil, let cloud = inForce.clause.cloudBound {
                    liftedClause = index
                    liftedCloud = cloud
                }
                continue
            case .applies:
                break
            }
            consulted.append(Consulted(clause: index, saying: inForce.saying))
            applicable.append(index)
        }
        return applicable
    }

    /// The deployments that serve the model and the features, with the clauses that forbid them.
    private func makeCandidates(workload: Workload, terms: Terms, applicable: [Int]) -> [Candidate] {
        table.candidates(ofModel: model).enumerated().compactMap { position, index in
            let deployment = table.deployments[index]
            guard deployment.features.isSuperset(of: workload.features) else { return nil }
            var candidate = Candidate(
                deployment: index, position: position, lane: table.laneOfDeployment[index], cloud: deployment.cloud,
                forbiddenBy: nil, forbiddingAgreements: 0, isForbiddenForGood: false)
            for clause in applicable where terms.exclusivityForbids(clause, deployment.cloud, workload, table) {
                candidate.forbid(by: clause, of: terms.clauses[clause].agreement, forGood: false)
            }
            for clause in applicable where terms.residencyForbids(clause, deployment) {
                candidate.forbid(by: clause, of: terms.clauses[clause].agreement, forGood: true)
            }
            for clause in terms.lapsedLicences(applicable, cloud: deployment.cloud, workload: workload) {
                candidate.forbid(by: clause, of: terms.clauses[clause].agreement, forGood: true)
            }
            return candidate
        }
    }

    /// Finds the cloud that the terms name, or the contradiction between two clauses about it.
    private func settleHome(terms: Terms, applicable: [Int]) {
        for index in applicable {
            guard case .primaryCloud(let primary) = terms.clauses[index].clause.kind, primary.meaning == .tryFirst
            else { continue }
            if let home, home != primary.cloud {
                contradict(index)
                return
            }
            home = primary.cloud
            bindingClause = bindingClause ?? index
            bindings.append(
                Binding(clause: index, spillOn: GroundTable(primary.spillOn), named: primary.spillOn.named))
        }
        for index in applicable {
            guard case .exclusivity(let exclusivity) = terms.clauses[index].clause.kind, exclusivity.aspect == .hosting
            else { continue }
            if bindings.isEmpty {
                home = exclusivity.cloud
                bindingClause = index
                return
            }
            // What may be nowhere else can't be tried first somewhere else.
            if home != exclusivity.cloud {
                contradict(index)
                return
            }
        }
    }

    /// Notes that a clause names another cloud for the workload than the clause that binds it.
    private func contradict(_ clause: Int) {
        settledRefusal = .conflict
        blamed = [bindingClause, clause].compactMap { $0 }
        home = nil
        bindings = []
    }

    /// Puts the ladder first, and the other clouds behind it in their tiers.
    private func order(_ found: [Candidate]) {
        let isContradicted = settledRefusal == .conflict
        let ladder = found.filter { !isContradicted && (home == nil || $0.cloud == home) }.map(\.deployment)
        let others = found.map(\.deployment).filter { !ladder.contains($0) }
        let ordered = (home == nil ? table.tiers(of: ladder) : table.ladder(of: ladder)) + table.tiers(of: others)
        candidates = ordered.compactMap { deployment in found.first { $0.deployment == deployment } }
        ladderCount = ladder.count
    }

    func makeGrounds(
        of cloud: String, workload: Workload, terms: Terms, applicable: [Int], people: [PeopleEvidence]
    ) -> CloudGrounds {
        var sufficiency = SufficiencyClause.defaults(cloud: cloud)
        var sufficiencyClause: Int?
        var declining: [DeclineClause] = []
        for index in applicable {
            switch terms.clauses[index].clause.kind {
            case .sufficiency(let clause) where clause.cloud == cloud && sufficiencyClause == nil:
                sufficiency = clause
                sufficiencyClause = index
            case .decline(let clause) where clause.cloud == cloud:
                declining.append(clause)
            default:
                break
            }
        }
        let onCloud = candidates.filter { $0.cloud == cloud && $0.forbiddenBy == nil }
        // Capacity under an offer comes on top: the lanes that the cloud has anyway say whether it lacks capacity.
        let ungated = onCloud.filter { candidate in
            !bans.contains { $0.matter == .offer && $0.concerns(candidate) }
        }
        let lastLane = table.ladder(of: (ungated.isEmpty ? onCloud : ungated).map(\.deployment)).last
        return CloudGrounds(
            lastLane: onCloud.first { $0.deployment == lastLane },
            sufficiency: sufficiency.sped(up: speed),
            sufficiencyClause: sufficiencyClause,
            counts: sufficiency.counts.reduce(into: LaneSignalSet()) { set, signal in
                set.insert(LaneSignalSet(signal == .noCapacity ? .noCapacity : .ownQuota))
            },
            declines: declines(
                by: cloud, of: workload.features, rules: SupportRequest.Rules(declining), people: people))
    }

    private func makeDepartures(workload: Workload, people: [PeopleEvidence]) -> [Departure] {
        people.compactMap { record in
            guard case .override(let override) = record.subject,
                override.product == nil || override.product == workload[.product],
                override.model == nil || override.model == model
            else { return nil }
            return Departure(
                time: TimedEvidence(
                    from: max(override.from, record.recorded),
                    // However long it says that it is, it ends after a day.
                    until: min(
                        override.until,
                        override.from.advanced(byMilliseconds: PlacementOverride.durationMaxMilliseconds)),
                    revision: record.revision),
                cloud: override.cloud)
        }
    }

    /// Says what no evidence can change when nothing can be listed.
    private func settleRefusal() {
        guard settledRefusal == nil else { return }
        if table.candidates(ofModel: model).isEmpty || (home == nil && candidates.isEmpty) {
            settledRefusal = .modelNotConfigured
        } else if home != nil, ladderCount == 0 {
            settledRefusal = .primaryNotConfigured
            blamed = [bindingClause].compactMap { $0 }
        }
    }
}

extension Plan.Candidate {
    fileprivate mutating func forbid(by clause: Int, of agreement: Int, forGood: Bool) {
        forbiddenBy = forbiddenBy ?? clause
        forbiddingAgreements |= 1 << UInt64(min(agreement, 63))
        isForbiddenForGood = isForbiddenForGood || forGood
    }
}

extension Clause {
    /// The cloud to which the clause can bind a request, so that its carve-out is a ground; `nil` for other clauses.
    fileprivate var cloudBound: String? {
        switch kind {
        case .primaryCloud(let primary): primary.meaning == .tryFirst ? primary.cloud : nil
        case .exclusivity(let exclusivity): exclusivity.aspect == .hosting ? exclusivity.cloud : nil
        default: nil
        }
    }
}

extension Terms.InForce {
    fileprivate var saying: Plan.Consulted.Saying {
        switch clause.kind {
        case .primaryCloud(let primary):
            switch primary.meaning {
            case .tryFirst: .binds
            case .majorityShare: .share
            case .labelOnly: .label
            }
        case .exclusivity(let exclusivity):
            switch exclusivity.aspect {
            case .hosting, .distribution: .forbidsOtherClouds
            case .licensing, .capacity: .otherAspect
            }
        case .launchFirst: .runsEmbargo
        case .licence: isLapsed ? .lapsed : .licences
        case .sufficiency, .decline: .measures
        case .rightOfFirstRefusal: .gatesCapacity
        case .residency: .keepsInRegions
        case .limit: .readsMeter
        case .revenueShare, .spendCommitment, .capacityCommitment, .priceTerms, .eventDefinition, .statement, .audit:
            .decidesNothing
        }
    }
}

extension Terms {
    /// Whether an exclusivity clause forbids a deployment on the cloud.
    fileprivate func exclusivityForbids(
        _ index: Int, _ cloud: String, _ workload: Workload, _ table: DeploymentTable
    ) -> Bool {
        guard case .exclusivity(let exclusivity) = clauses[index].clause.kind else { return false }
        switch exclusivity.aspect {
        case .hosting:
            return cloud != exclusivity.cloud
        case .distribution:
            // A request that reaches the product through another cloud's marketplace may be served nowhere. A channel
            // that bears the name of no cloud is the seller's own.
            let channel = workload[.channel]
            return channel != exclusivity.cloud
                && (agreements.contains { $0.operators[channel] != nil } || table.clouds.contains(channel))
        case .licensing, .capacity:
            return false
        }
    }

    /// Whether a residency clause forbids a deployment.
    fileprivate func residencyForbids(_ index: Int, _ deployment: Deployment) -> Bool {
        guard case .residency(let residency) = clauses[index].clause.kind else { return false }
        return !residency.allows(cloud: deployment.cloud, region: deployment.region)
    }

    /// The licences that cover deployments on the cloud and have all run out; none where one of them is in its term.
    fileprivate func lapsedLicences(_ applicable: [Int], cloud: String, workload: Workload) -> [Int] {
        var lapsed: [Int] = []
        for index in applicable {
            guard case .licence(let licence) = clauses[index].clause.kind,
                agreements[clauses[index].agreement].operators[cloud] == licence.licensee,
                licence.publisher == workload[.publisher],
                licence.channels.isEmpty || licence.channels.contains(workload[.channel])
            else { continue }
            guard clauses[index].isLapsed else { return [] }
            lapsed.append(index)
        }
        return lapsed
    }
}

extension SufficiencyClause {
    /// The clause with its waits divided by the speed of a demonstration.
    func sped(up speed: Int64) -> SufficiencyClause {
        var clause = self
        clause.windowWithinMilliseconds /= speed
        clause.timeToLiveMilliseconds /= speed
        return clause
    }
}
