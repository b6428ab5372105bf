// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// Which of the listed deployments is tried next: what health and the retry budget have to say about it.
extension Exchange {
    private var limits: RoutingLimits { loop.limits.routing }

    /// The place of the next listed deployment; `nil` where the list is used up.
    func nextIndex() -> Int? {
        while position < decision.count, taken & 1 << UInt16(position) != 0 { position += 1 }
        guard position < decision.count else { return nil }
        if !loop.paces.isEmpty, let quicker = quickerFellow(of: position) {
            taken |= 1 << UInt16(quicker)
            return quicker
        }
        defer { position += 1 }
        return position
    }

    /// Why a listed deployment is not tried now; `nil` where it is.
    func reasonToPass(_ entry: Decision.Entry, _ deployment: Deployment, _ target: UpstreamTarget) -> PassedOver.Reason?
    {
        guard !loop.health.isAllWell else { return nil }
        let now = loop.now
        let subject = HealthBook.Subject(deployment: deployment.id, credential: target.credential)
        if case .resting(let reason, let isFinal) = loop.health.admission(subject, now: now) {
            // Only what is listed behind it may take its place. Where nothing is, a deployment that answers is tried all
            // the same: it knows best what to say. One that does not answer would cost the client time for nothing.
            let isOwed = reason == .failing && planned.plan.mayLeaveOnOutage(of: Int(entry.deployment))
            if !isOwed, isFinal || hasFitEntry(now: now) { return reason }
        }
        return isRetryGranted(entry, deployment, now: now) ? nil : .budget
    }

    /// Whether something that is listed behind is fit to be tried.
    private func hasFitEntry(now: NIODeadline) -> Bool {
        for index in position..<decision.count where taken & 1 << UInt16(index) == 0 {
            let entry = decision[index]
            let deployment = table.deployments[Int(entry.deployment)]
            guard let target = targets[deployment.id], target.serves(scan.operation),
                !isUnrecorded || entry.flags.contains(.primary), isWhereStateLies(entry, deployment)
            else { continue }
            let subject = HealthBook.Subject(deployment: deployment.id, credential: target.credential)
            switch loop.health.admission(subject, now: now) {
            case .open, .probe: return true
            case .resting(let reason, _):
                if reason == .failing, planned.plan.mayLeaveOnOutage(of: Int(entry.deployment)) { return true }
            }
        }
        return false
    }

    /// Whether an attempt may be made, as far as the retry budget is concerned.
    ///
    /// Free are the first attempt, what works, what a clause asks for, and the rest of the primary's ladder after a lack
    /// of capacity: that is what the request is here for, and windows bound it. What is left are retries on something
    /// that has just failed.
    private func isRetryGranted(_ entry: Decision.Entry, _ deployment: Deployment, now: NIODeadline) -> Bool {
        guard let last = attempts.last else { return true }
        if loop.health.isProven(deployment.id) {
            // The first requests that a failure of everything meets all believe in the next deployment.
            if last.signal == SignalClass.outage.rawValue || last.signal == SignalClass.ours.rawValue {
                loop.budget.owe()
            }
            return true
        }
        if planned.plan.mayLeaveOnOutage(of: Int(entry.deployment)) { return true }
        switch SignalClass(rawValue: last.signal) {
        case .reservedFull, .noCapacity, .ownQuota, .ramp: if entry.flags.contains(.primary) { return true }
        default: break
        }
        if loop.budget.take(limits, now: now) { return true }
        loop.metrics.routing.retriesRefused += 1
        return false
    }

    /// Takes down that a listed deployment is not tried.
    func passOver(_ deployment: Deployment, _ reason: PassedOver.Reason) {
        loop.metrics.routing.passedOver[reason.name, default: 0] += 1
        guard passedOver.count < PassedOver.countMax,
            !passedOver.contains(where: { $0.deployment == deployment.id })
        else { return }
        passedOver.append(PassedOver(deployment.id, reason))
    }

    /// The deployments that were passed over and not tried later.
    var untried: [PassedOver] {
        passedOver.isEmpty
            ? [] : passedOver.filter { passed in !attempts.contains { $0.deployment == passed.deployment } }
    }

    /// Answers when the list is used up: with the primary's error, or where nothing was tried because nothing works,
    /// with that.
    func endOfList() {
        // What is passed over for another reason, such as state that lies elsewhere, does not come back after a rest.
        let resting = passedOver.last { $0.reason == .failing || $0.reason == .account }
        guard attempts.isEmpty, let last = resting, let wait = restMilliseconds else { return exhausted() }
        let isAccount = last.reason == .account
        refuse(
            ErrorAnswer(
                status: isAccount ? 502 : 503, type: "server_error",
                code: isAccount ? "upstream_account" : "upstream_unavailable",
                message: isAccount
                    ? "The provider refuses the account of this gateway; its operator has to mend that."
                    : "The provider could not be reached several times in a row and is left alone for a moment; "
                        + "try again after the time in Retry-After.",
                retryAfterMilliseconds: wait, shouldRetry: !isAccount),
            reason: "upstream-unavailable", clauses: [])
    }

    /// How long until the first of the listed deployments that rest is tried again, in milliseconds; `nil` where none
    /// rests.
    var restMilliseconds: Int64? {
        guard !loop.health.isAllWell else { return nil }
        let now = loop.now
        var first: Int64?
        for index in 0..<decision.count {
            let deployment = table.deployments[Int(decision[index].deployment)]
            guard let target = targets[deployment.id] else { continue }
            let subject = HealthBook.Subject(deployment: deployment.id, credential: target.credential)
            let wait = loop.health.waitMilliseconds(subject, now: now, limits: limits)
            if wait > 0 { first = min(first ?? wait, wait) }
        }
        return first
    }

    /// The place of a deployment of the same tier that is to go first because the streams of this one are slow.
    private func quickerFellow(of place: Int) -> Int? {
        let entry = decision[place]
        let deployment = table.deployments[Int(entry.deployment)]
        guard entry.flags.isDisjoint(with: [.wait, .probe]) else { return nil }
        let now = loop.now
        for index in (place + 1)..<max(place + 1, decision.count) where taken & 1 << UInt16(index) == 0 {
            let other = decision[index]
            let fellow = table.deployments[Int(other.deployment)]
            guard other.flags == entry.flags, fellow.isOfTier(of: deployment),
                loop.paces.isSlow(deployment.id, beside: fellow.id, now: now),
                let target = targets[fellow.id], targets[deployment.id] != nil
            else { continue }
            let subject = HealthBook.Subject(deployment: fellow.id, credential: target.credential)
            guard loop.health.admission(subject, now: now) == .open else { continue }
            passOver(deployment, .slow)
            return index
        }
        return nil
    }
}

extension Deployment {
    /// Whether the terms and the configuration put two deployments on one level, so that either may go first.
    fileprivate func isOfTier(of other: Deployment) -> Bool {
        cloud == other.cloud && region == other.region && lane == other.lane && rank == other.rank
    }
}
