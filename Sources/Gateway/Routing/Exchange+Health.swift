// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// What attempts say of the health of deployments and accounts.
extension Exchange {
    private func subject(_ attempt: Attempt) -> HealthBook.Subject {
        HealthBook.Subject(deployment: attempt.deployment.id, credential: attempt.target.credential)
    }

    /// The attempt at hand begins.
    func enterHealth() {
        guard let attempt = current, !loop.health.isAllWell else { return }
        attempt.probe = loop.health.enter(subject(attempt), now: loop.now)
    }

    /// The attempt at hand is dropped before anything was sent.
    func dropProbe() {
        guard let probe = current?.probe else { return }
        current?.probe = nil
        loop.health.drop(probe)
    }

    /// The deployment at hand has shown something.
    func answeredHealth() {
        guard let attempt = current else { return }
        if scan.isStreaming { attempt.visibleSince = loop.now }
        guard !loop.health.isAllWell else { return }
        let probe = attempt.probe
        attempt.probe = nil
        tell(loop.health.answered(subject(attempt), probe: probe), of: attempt, nil)
    }

    /// An attempt is over.
    func settleHealth(of attempt: Attempt, _ signal: Signal) {
        loop.metrics.routing.attempts += 1
        if attempts.count > 0 { loop.metrics.routing.furtherAttempts += 1 }
        if decision.count > 1, let relay = attempt.relay { notePace(of: attempt, events: relay.contentEvents) }
        let isInTime = signal.signalClass == .ours && remainingMilliseconds > 0
        let report = HealthReport(signal, isInTime: isInTime)
        if report == .served, loop.health.isAllWell { return }
        let probe = attempt.probe
        attempt.probe = nil
        if case .account = report { loop.metrics.routing.accountFaults[attempt.target.credential, default: 0] += 1 }
        let changes = loop.health.report(
            report, of: subject(attempt), probe: probe, limits: loop.limits.routing, now: loop.now,
            chance: Double.random(in: 0...1))
        tell(changes, of: attempt, signal)
    }

    private func notePace(of attempt: Attempt, events: Int) {
        guard let visible = attempt.visibleSince, events >= PaceBook.eventsMin else { return }
        let now = loop.now
        let seconds = max(0.001, Double((now - visible).nanoseconds) / 1e9)
        loop.paces.note(
            attempt.deployment.id,
            firstTokenMilliseconds: Double((visible - attempt.sentDeadline).nanoseconds) / 1e6,
            eventsPerSecond: Double(events) / seconds, now: now)
    }

    /// Says what changed, also to the other event loops.
    private func tell(_ changes: [HealthBook.Change], of attempt: Attempt, _ signal: Signal?) {
        let (deployment, address) = (attempt.deployment.id, attempt.target.endpoint.text)
        for change in changes {
            loop.note(change, of: deployment, at: address, signal)
            guard loop.loopCount > 1 else { continue }
            let (own, isSilent) = (loop.index, loop.health.isSilent(deployment))
            loop.shared.loops.tell { member in
                member.eventLoop.execute {
                    let other = member.context.value
                    other.clock.read()
                    guard other.index != own,
                        other.health.adopt(
                            change, of: deployment, isSilent: isSilent, limits: other.limits.routing, now: other.now,
                            chance: Double.random(in: 0...1))
                    else { return }
                    other.note(change, of: deployment, at: address, signal)
                }
            }
        }
    }

    // MARK: Guards

    /// Whether the upstream is too slow to be waited for; only before the answer is final, but for the rate of a stream
    /// where one is demanded.
    func isTooSlow(_ attempt: Attempt, now: NIODeadline) -> Bool {
        let limits = loop.limits.routing
        switch phase {
        case .awaitingHead, .streaming, .readingAnswer:
            if scan.isStreaming, !hasSentHead,
                now - attempt.sentDeadline > .milliseconds(limits.firstTokenMilliseconds)
            {
                return true
            }
        default: return false
        }
        let total: Int
        let minimum: Int
        switch phase {
        case .streaming where hasSentHead && limits.streamEventsPerSecondMin > 0:
            (total, minimum) = (attempt.relay?.contentEvents ?? 0, limits.streamEventsPerSecondMin)
        case .readingAnswer where !hasSentHead && limits.answerBytesPerSecondMin > 0:
            (total, minimum) = (attempt.collected.readableBytes, limits.answerBytesPerSecondMin)
        default: return false
        }
        guard client.isWritable, gate == .open else {
            attempt.pace.pause()
            return false
        }
        return attempt.pace.isTooSlow(
            total: total, perSecondMin: minimum, windowMilliseconds: limits.rateWindowMilliseconds, now: now)
    }
}

extension LoopContext {
    /// Counts what changed, and says it to whoever looks after the gateway.
    fileprivate func note(
        _ change: HealthBook.Change, of deployment: String, at address: String, _ signal: Signal?
    ) {
        let event: RoutingNotice.Event
        var subject = deployment
        switch change {
        case .deploymentRests:
            event = .deploymentRests
            metrics.routing.rests[subject, default: 0] += 1
            metrics.routing.resting[subject] = 1
        case .deploymentWorks:
            event = .deploymentAnswers
            metrics.routing.resting[subject] = nil
        case .accountRests(let name):
            (event, subject) = (.accountRests, name)
            metrics.routing.accountsResting[name] = 1
        case .accountWorks(let name):
            (event, subject) = (.accountWorks, name)
            metrics.routing.accountsResting[name] = nil
        }
        shared.alarm.tell(
            RoutingNotice(event: event, subject: subject, address: address, signal: signal), loop: index, now: now)
    }

    /// Forgets what was known of deployments that are no longer configured, and of every account.
    func keepConfiguredHealth() {
        let targets = targets
        health.keep { targets[$0] != nil }
        paces.keep { targets[$0] != nil }
        metrics.routing.resting = metrics.routing.resting.filter { targets[$0.key] != nil }
        metrics.routing.accountsResting = [:]
        shared.alarm.keep(loop: index) { targets[$0] != nil }
    }
}
