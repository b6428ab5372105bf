// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// Settles what terms, deployments and people's evidence say of a workload.
    ///
    /// - Parameters:
    ///   - workload: what the request is.
    ///   - terms: the clauses in force at the admission.
    ///   - configuration: the deployments and the speed of a demonstration.
    ///   - people: the evidence that people recorded and that was not revoked.
    package init(
        workload: Workload, terms: Terms, configuration: PlacementConfiguration, people: [PeopleEvidence]
    ) {
        let table = configuration.deployments
        model = workload[.model]
        speed = configuration.speed
        self.table = table
        validFrom = terms.validFrom
        validUntil = terms.validUntil
        homeGrounds = CloudGrounds(
            lastLane: nil, sufficiency: .defaults(cloud: "").sped(up: configuration.speed), sufficiencyClause: nil,
            counts: [], declines: [])

        let applicable = consult(terms, about: workload)
        settleHome(terms: terms, applicable: applicable)
        order(makeCandidates(workload: workload, terms: terms, applicable: applicable))
        settleRefusal()

        if let home {
            homeGrounds = makeGrounds(
                of: home, workload: workload, terms: terms, applicable: applicable, people: people)
        }
        embargoes = makeEmbargoes(workload: workload, terms: terms, applicable: applicable, people: people)
        departures = makeDepartures(workload: workload, people: people)
    }

    /// Notes what each clause says of the workload, and gives the indexes of those that apply.
    private mutating func consult(_ terms: Terms, about workload: Workload) -> [Int] {
        var applicable: [Int] = []
        for index in terms.clauses.indices {
            let inForce = terms.clauses[index]
            let named = { (dimension: Dimension, value: String) in
                terms.names(value, of: dimension, in: inForce.agreement)
            }
            guard inForce.clause.appliesTo.matches(workload, named: named) else {
                consulted.append(Consulted(clause: index, saying: .otherWorkload))
                continue
            }
            if let carveOut = inForce.clause.carveOuts.first(where: { $0.appliesTo.matches(workload, named: named) }) {
                consulted.append(Consulted(clause: index, saying: .carvedOut, carveOut: carveOut.id))
                if liftedClause == nil, let cloud = inForce.clause.cloudBound {
                    liftedClause = index
                    liftedCloud = cloud
                }
                continue
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
            for clause in applicable where terms.exclusivityForbids(clause, deployment.cloud, workload) {
                candidate.forbid(by: clause, of: terms.clauses[clause].agreement, forGood: false)
            }
            for clause in terms.lapsedLicences(applicable, cloud: deployment.cloud, workload: workload) {
                candidate.forbid(by: clause, of: terms.clauses[clause].agreement, forGood: true)
            }
            return candidate
        }
    }

    /// Finds the cloud that the terms name, or the contradiction between two clauses about it.
    private mutating func settleHome(terms: Terms, applicable: [Int]) {
        for index in applicable {
            guard case .primaryCloud(let primary) = terms.clauses[index].clause.kind, primary.meaning == .tryFirst
            else { continue }
            if let home, home != primary.cloud {
                settledRefusal = .conflict
                blamed = [bindingClause, index].compactMap { $0 }
                self.home = nil
                bindings = []
                return
            }
            home = primary.cloud
            bindingClause = bindingClause ?? index
            bindings.append(
                Binding(clause: index, spillOn: GroundTable(primary.spillOn), named: primary.spillOn.named))
        }
        guard home == nil else { return }
        for index in applicable {
            guard case .exclusivity(let exclusivity) = terms.clauses[index].clause.kind, exclusivity.aspect == .hosting
            else { continue }
            home = exclusivity.cloud
            bindingClause = index
            return
        }
    }

    /// Puts the ladder first, and the other clouds behind it in their tiers.
    private mutating func order(_ found: [Candidate]) {
        let isContradicted = settledRefusal == .conflict
        let ladder = found.filter { !isContradicted && (home == nil || $0.cloud == home) }.map(\.deployment)
        let others = found.map(\.deployment).filter { !ladder.contains($0) }
        let ordered = (home == nil ? table.tiers(of: ladder) : table.ladder(of: ladder)) + table.tiers(of: others)
        candidates = ordered.compactMap { deployment in found.first { $0.deployment == deployment } }
        ladderCount = ladder.count
    }

    private func makeGrounds(
        of cloud: String, workload: Workload, terms: Terms, applicable: [Int], people: [PeopleEvidence]
    ) -> CloudGrounds {
        var sufficiency = SufficiencyClause.defaults(cloud: cloud)
        var sufficiencyClause: Int?
        var notice: Int64 = 0
        var silence: Int64?
        for index in applicable {
            switch terms.clauses[index].clause.kind {
            case .sufficiency(let clause) where clause.cloud == cloud && sufficiencyClause == nil:
                sufficiency = clause
                sufficiencyClause = index
            case .decline(let clause) where clause.cloud == cloud:
                notice = max(notice, clause.noticeMilliseconds)
                silence = clause.silenceMilliseconds ?? silence
            default:
                break
            }
        }
        let onCloud = candidates.filter { $0.cloud == cloud && $0.forbiddenBy == nil }
        let lastLane = table.ladder(of: onCloud.map(\.deployment)).last
        return CloudGrounds(
            lastLane: onCloud.first { $0.deployment == lastLane },
            sufficiency: sufficiency.sped(up: speed),
            sufficiencyClause: sufficiencyClause,
            counts: sufficiency.counts.reduce(into: LaneSignalSet()) { set, signal in
                set.insert(LaneSignalSet(signal == .noCapacity ? .noCapacity : .ownQuota))
            },
            declines: people.compactMap { record in
                guard case .decline(let decline) = record.subject, decline.cloud == cloud,
                    !decline.features.isDisjoint(with: workload.features),
                    decline.models.isEmpty || decline.models.contains(model),
                    let from = decline.reliableFrom(
                        recorded: record.recorded, noticeMilliseconds: notice, silenceMilliseconds: silence)
                else { return nil }
                return TimedEvidence(from: from, until: decline.until, revision: record.revision)
            })
    }

    private func makeEmbargoes(
        workload: Workload, terms: Terms, applicable: [Int], people: [PeopleEvidence]
    ) -> [Embargo] {
        applicable.compactMap { index in
            guard case .launchFirst(let clause) = terms.clauses[index].clause.kind else { return nil }
            var launch: (at: Instant, revision: UInt64)?
            for record in people {
                guard case .launch(let candidate) = record.subject, candidate.cloud == clause.cloud,
                    candidate.model == model, candidate.at < launch?.at ?? .distantFuture
                else { continue }
                launch = (candidate.at, record.revision)
            }
            return Embargo(
                clause: index, agreement: terms.clauses[index].agreement, cloud: clause.cloud,
                liftedFrom: launch.map { clause.liftedFrom(launch: $0.at) },
                evidence: launch?.revision ?? 0, exception: GroundTable(clause.exception),
                grounds: clause.cloud == home
                    ? homeGrounds
                    : makeGrounds(
                        of: clause.cloud, workload: workload, terms: terms, applicable: applicable, people: people))
        }
    }

    private func makeDepartures(workload: Workload, people: [PeopleEvidence]) -> [Departure] {
        people.compactMap { record in
            guard case .override(let override) = record.subject,
                override.product == nil || override.product == workload[.product],
                override.model == nil || override.model == model
            else { return nil }
            return Departure(
                time: TimedEvidence(
                    from: max(override.from, record.recorded), until: override.until, revision: record.revision),
                cloud: override.cloud)
        }
    }

    /// Says what no evidence can change when nothing can be listed.
    private mutating func settleRefusal() {
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
        case .primaryCloud(let primary): primary.meaning == .tryFirst ? .binds : .label
        case .exclusivity(let exclusivity):
            switch exclusivity.aspect {
            case .hosting, .distribution: .forbidsOtherClouds
            case .licensing, .capacity: .otherAspect
            }
        case .launchFirst: .runsEmbargo
        case .licence: isLapsed ? .lapsed : .licences
        case .sufficiency, .decline: .measures
        case .rightOfFirstRefusal, .residency, .limit: .decidesNothing
        case .revenueShare, .spendCommitment, .capacityCommitment, .priceTerms, .eventDefinition, .statement, .audit:
            .decidesNothing
        }
    }
}

extension Terms {
    /// Whether an exclusivity clause forbids a deployment on the cloud.
    fileprivate func exclusivityForbids(_ index: Int, _ cloud: String, _ workload: Workload) -> Bool {
        guard case .exclusivity(let exclusivity) = clauses[index].clause.kind else { return false }
        switch exclusivity.aspect {
        case .hosting:
            return cloud != exclusivity.cloud
        case .distribution:
            // A request that reaches the product through another cloud's channel may be served nowhere.
            let channel = workload[.channel]
            return channel != exclusivity.cloud && agreements[clauses[index].agreement].operators[channel] != nil
        case .licensing, .capacity:
            return false
        }
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

extension LaunchFirstClause {
    /// From when other clouds may serve a model that was launched on the clause's cloud.
    fileprivate func liftedFrom(launch: Instant) -> Instant {
        switch lead {
        case .sameInstant: launch
        case .milliseconds(0): launch.advanced(byNanoseconds: 1)
        case .milliseconds(let lead): launch.advanced(byMilliseconds: lead)
        }
    }
}

extension SufficiencyClause {
    /// The clause with its waits divided by the speed of a demonstration.
    fileprivate func sped(up speed: Int64) -> SufficiencyClause {
        var clause = self
        clause.windowWithinMilliseconds /= speed
        clause.timeToLiveMilliseconds /= speed
        return clause
    }
}

extension Decline {
    /// From when the decline may be relied on; `nil` where neither an answer nor counted silence makes one.
    fileprivate func reliableFrom(
        recorded: Instant, noticeMilliseconds: Int64, silenceMilliseconds: Int64?
    ) -> Instant? {
        if let answered {
            return max(answered.advanced(byMilliseconds: noticeMilliseconds), recorded)
        }
        guard let requested, let silenceMilliseconds else { return nil }
        return max(requested.advanced(byMilliseconds: silenceMilliseconds), recorded)
    }
}
