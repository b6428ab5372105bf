// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// Decides one request: which deployments it may use, in which order and on which ground, or why none.
    ///
    /// Pure, total and without allocation.
    ///
    /// - Parameters:
    ///   - windows: the capacity windows, by the table's lanes.
    ///   - at: the admission of the request; the plan's terms hold at it.
    ///   - now: the instant of this call, which ages the evidence.
    ///   - own: what this request has met so far.
    /// - Returns: the decision; the same for the same inputs, always.
    package func decide(windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals) -> Decision {
        precondition(at >= validFrom && at < validUntil, "the plan belongs to another period")
        precondition(windows.count == table.lanes.count, "the windows belong to another deployment table")
        var decision = Decision()
        decision.bindingClause = bindingClause.map { UInt16($0) } ?? Decision.noClause

        let barriers = barriers(windows: windows, at: at, now: now, own: own)
        listDepartures(in: &decision, windows: windows, now: now, own: own, barriers: barriers)
        let listedByOverride = decision.count

        let established = assess(homeGrounds, windows: windows, now: now, own: own)
        if let bucket = own.bucket {
            listMigrated(
                in: &decision, bucket: bucket, windows: windows, at: at, now: now, own: own, barriers: barriers,
                established: established)
        }
        let mayLeave =
            !bindings.isEmpty && bindings.allSatisfy { $0.spillOn.isSatisfied(by: established.grounds) }
        // The primary has said that it does not serve the feature: going there first would be for nothing.
        let passesHome =
            mayLeave && established.grounds.contains(.declined) && bindings.contains { $0.named.contains(.declined) }

        if !passesHome {
            listHome(in: &decision, windows: windows, now: now, own: own, barriers: barriers)
        }
        if mayLeave {
            listOthers(
                in: &decision, windows: windows, now: now, own: own, barriers: barriers, established: established)
        }
        if passesHome, decision.count == listedByOverride {
            listHome(in: &decision, windows: windows, now: now, own: own, barriers: barriers)
        }

        guard decision.count == 0 else {
            decision.retryAt = .distantFuture
            return decision
        }
        if decision.retryAt != .distantFuture {
            decision.refusal = .primaryBusy
            if let bindingClause { decision.blame(bindingClause) }
        } else if own.tried != 0 {
            decision.refusal = .exhausted
            if let bindingClause { decision.blame(bindingClause) }
        } else if let settledRefusal {
            decision.refusal = settledRefusal
            for clause in blamed { decision.blame(clause) }
        } else {
            refuse(&decision, barriers: barriers)
        }
        return decision
    }

    /// Refuses as a conflict where each deployment is forbidden and no agreement forbids them all, and else as forbidden.
    private func refuse(_ decision: inout Decision, barriers: Barriers) {
        var isEachForbidden = true
        var agreementsForbiddingAll = UInt64.max
        for candidate in candidates {
            var agreements = candidate.forbiddingAgreements
            if let clause = candidate.forbiddenBy { decision.blame(clause) }
            for (position, embargo) in embargoes.enumerated()
            where barriers.embargoes & 1 << UInt64(min(position, 63)) != 0 && embargo.cloud != candidate.cloud {
                agreements |= 1 << UInt64(min(embargo.agreement, 63))
                decision.blame(embargo.clause)
            }
            for (position, ban) in bans.enumerated()
            where barriers.bans & 1 << UInt64(min(position, 63)) != 0 && ban.concerns(candidate) {
                agreements |= 1 << UInt64(min(ban.agreement, 63))
                decision.blame(ban.clause)
            }
            isEachForbidden = isEachForbidden && agreements != 0
            agreementsForbiddingAll &= agreements
        }
        decision.refusal = isEachForbidden && agreementsForbiddingAll == 0 ? .conflict : .forbidden
    }

    /// The grounds that evidence establishes about a cloud, and the evidence.
    struct Established {
        var grounds: GroundSet = []
        /// The number of the fact with which a window's evidence arose; 0 for the request's own signals.
        var capacityEvidence: UInt64 = 0
        var declineEvidence: UInt64 = 0
    }

    func assess(_ about: CloudGrounds, windows: [CapacityWindow], now: Instant, own: OwnSignals) -> Established {
        var established = Established()
        if let lane = about.lastLane {
            let bit = UInt64(1) << UInt64(lane.position)
            let byRequest = about.counted(own) & bit != 0 && Int(own.lastLaneAnswers) > about.sufficiency.retries
            let byWindow = windows[lane.lane].evidence(about.sufficiency, counts: about.counts, now: now)
            let evidence: UInt64? =
                switch about.sufficiency.require {
                case .either: byWindow ?? (byRequest ? 0 : nil)
                case .both: byRequest ? byWindow : nil
                case .request: byRequest ? 0 : nil
                case .window: byWindow
                }
            if let evidence {
                established.grounds.insert(.capacity)
                established.capacityEvidence = evidence
            }
            if own.outage & bit != 0 { established.grounds.insert(.outage) }
        }
        for decline in about.declines where decline.from <= now && now < decline.until {
            established.grounds.insert(.declined)
            established.declineEvidence = decline.revision
            break
        }
        return established
    }

    /// Lists the ladder of the home cloud, or everything where the terms name no cloud.
    private func listHome(
        in decision: inout Decision, windows: [CapacityWindow], now: Instant, own: OwnSignals, barriers: Barriers
    ) {
        for candidate in ladder where candidate.forbiddenBy == nil && !isBarred(candidate, barriers) {
            var flags: Decision.Flags = []
            if own.tried & 1 << UInt64(candidate.position) != 0 {
                guard obligesToWait(candidate, own: own) else { continue }
                flags.insert(.wait)
            } else {
                guard let use = use(of: candidate, windows: windows, now: now, in: &decision) else { continue }
                flags.formUnion(use)
            }
            var shown: Ground?
            var clause = bindingClause
            if home == nil, let liftedClause, candidate.cloud != liftedCloud {
                shown = .carveOut
                clause = liftedClause
            } else {
                flags.insert(.primary)
                if home == nil, liftedClause == nil { shown = .notCovered }
            }
            append(
                candidate, to: &decision, shown: shown, grounds: shown.map { GroundSet($0) } ?? [], clause: clause,
                evidence: releasingEvidence(candidate, now: now), flags: flags)
        }
    }

    /// Lists the other clouds on the grounds that hold.
    private func listOthers(
        in decision: inout Decision, windows: [CapacityWindow], now: Instant, own: OwnSignals, barriers: Barriers,
        established: Established
    ) {
        let binding = bindings[0]
        var grounds = GroundSet()
        var shown: Ground?
        for ground in binding.named where established.grounds.contains(GroundSet(ground)) {
            grounds.insert(GroundSet(ground))
            shown = shown ?? ground
        }
        let evidence: UInt64 =
            switch shown {
            case .capacity: established.capacityEvidence
            case .declined: established.declineEvidence
            default: 0
            }
        for candidate in others where candidate.forbiddenBy == nil && !isBarred(candidate, barriers) {
            guard own.tried & 1 << UInt64(candidate.position) == 0,
                let flags = use(of: candidate, windows: windows, now: now, in: &decision)
            else { continue }
            append(
                candidate, to: &decision, shown: shown, grounds: grounds, clause: binding.clause,
                evidence: evidence != 0 ? evidence : releasingEvidence(candidate, now: now), flags: flags)
        }
    }

    /// Lists the cloud of an override that runs, first and where need be against the terms.
    private func listDepartures(
        in decision: inout Decision, windows: [CapacityWindow], now: Instant, own: OwnSignals, barriers: Barriers
    ) {
        for departure in departures where departure.time.from <= now && now < departure.time.until {
            for candidate in candidates where candidate.cloud == departure.cloud && !candidate.isForbiddenForGood {
                guard ban(on: candidate, forbidding: barriers.bans) == nil,
                    own.tried & 1 << UInt64(candidate.position) == 0,
                    var flags = use(of: candidate, windows: windows, now: now, in: &decision)
                else { continue }
                let isAsAgreed =
                    candidate.cloud == home && candidate.forbiddenBy == nil
                    && !isEmbargoed(candidate, closed: barriers.embargoes)
                flags.insert(isAsAgreed ? .primary : .departure)
                append(
                    candidate, to: &decision, shown: nil, grounds: [], clause: bindingClause,
                    evidence: departure.time.revision, flags: flags)
            }
        }
    }

    func append(
        _ candidate: Candidate, to decision: inout Decision, shown: Ground?, grounds: GroundSet, clause: Int?,
        evidence: UInt64, flags: Decision.Flags
    ) {
        guard !decision.lists(deployment: candidate.deployment) else { return }
        decision.append(
            Decision.Entry(
                deployment: UInt16(candidate.deployment), position: UInt8(candidate.position), grounds: grounds,
                shown: shown, clause: clause.map { UInt16($0) } ?? Decision.noClause, evidence: evidence, flags: flags))
    }

    /// Whether the clause obliges to try the last lane once more after its Retry-After.
    private func obligesToWait(_ candidate: Candidate, own: OwnSignals) -> Bool {
        candidate.deployment == homeGrounds.lastLane?.deployment
            && homeGrounds.counted(own) & 1 << UInt64(candidate.position) != 0
            && Int(own.lastLaneAnswers) <= homeGrounds.sufficiency.retries
    }

    /// The flags with which a lane may be used now; `nil`, with the instant noted, while it asked not to be called.
    func use(
        of candidate: Candidate, windows: [CapacityWindow], now: Instant, in decision: inout Decision
    ) -> Decision.Flags? {
        guard let until = closing(of: candidate, windows: windows, now: now) else { return [] }
        guard now < until else { return .probe }
        decision.retryAt = min(decision.retryAt, until)
        return nil
    }

    /// Until when a constrained lane asked not to be called; `nil` where nothing current is known against it.
    func closing(of candidate: Candidate, windows: [CapacityWindow], now: Instant) -> Instant? {
        guard windows[candidate.lane].state != .sufficient,
            now
                < windows[candidate.lane].currentUntil(
                    timeToLiveMilliseconds: homeGrounds.sufficiency.timeToLiveMilliseconds)
        else { return nil }
        return windows[candidate.lane].skipUntil
    }

    /// The launch-first clauses whose embargo runs, as bits of their position.
    func closedEmbargoes(windows: [CapacityWindow], at: Instant, now: Instant, own: OwnSignals) -> UInt64 {
        guard !embargoes.isEmpty else { return 0 }
        var closed: UInt64 = 0
        for (position, embargo) in embargoes.enumerated() {
            if let liftedFrom = embargo.liftedFrom, at >= liftedFrom { continue }
            let established = assess(embargo.grounds, windows: windows, now: now, own: own)
            if embargo.exception.isSatisfied(by: established.grounds) { continue }
            closed |= 1 << UInt64(min(position, 63))
        }
        return closed
    }

    func isEmbargoed(_ candidate: Candidate, closed: UInt64) -> Bool {
        guard closed != 0 else { return false }
        for (position, embargo) in embargoes.enumerated()
        where closed & 1 << UInt64(min(position, 63)) != 0 && embargo.cloud != candidate.cloud {
            return true
        }
        return false
    }
}

extension Plan {
    /// The first deployment of the ladder that no clause forbids, whatever the evidence of the moment; `nil` where there
    /// is none.
    package var anchor: Int? { ladder.first { $0.forbiddenBy == nil }?.deployment }

    /// How many successes in a row close a window of the workload's home.
    package var recoverySuccesses: Int { homeGrounds.sufficiency.recoverySuccesses }

    /// Whether a deployment is the primary's last lane, whose signals count.
    package func isLastLane(_ deployment: Int) -> Bool {
        homeGrounds.lastLane?.deployment == deployment
    }

    /// The first instant at which a lane of the home cloud that asked not to be called may be called again;
    /// ``Instant/distantFuture`` where none asked.
    package func earliestRetry(windows: [CapacityWindow], now: Instant) -> Instant {
        var earliest = Instant.distantFuture
        let forbidding = forbiddingBans(at: now)
        for candidate in ladder where candidate.forbiddenBy == nil && ban(on: candidate, forbidding: forbidding) == nil
        {
            guard let until = closing(of: candidate, windows: windows, now: now), now < until else { continue }
            earliest = min(earliest, until)
        }
        return earliest
    }
}
