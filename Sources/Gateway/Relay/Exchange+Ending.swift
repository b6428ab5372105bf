// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// How a request ends, and what is written down then.
extension Exchange {
    /// Ends a request for which at least one deployment was tried.
    func finish(_ outcome: PlacementEntry.Outcome) {
        guard phase != .finished else { return }
        // The ledger holds no end of a request whose beginning it lost.
        if loop.isLost(gateSequence) { isUnrecorded = true }
        if current != nil { endAttempt(Signal.served) }
        phase = .finished
        waitTask?.cancel()
        let usage = settledUsage(outcome)
        let ended = loop.instant
        settleReservation(usage, at: ended)
        if let entry = lastAttempt?.entry {
            let isSpill = !entry.flags.contains(.primary)
            let clause = entry.clause == Decision.noClause ? "" : planned.references[Int(entry.clause)]
            if isUnrecorded {
                loop.shared.ledger.countUnrecorded(usage.prompt, usage.completion)
                loop.metrics.unrecorded += 1
            } else {
                PlacementEntry.encode(
                    at: ended, request: id, outcome: outcome, clause: clause,
                    ground: entry.groundName, isSpill: isSpill, evidence: entry.evidence, attempts: attempts,
                    usage: usage, status: answerStatus, firstByte: firstByte, passedOver: untried,
                    migration: lastAttempt?.migration, in: &loop.encoder)
                if case .accepted = loop.encoder.withBytes({ loop.shared.ledger.appendLater($0) }) {
                } else {
                    // The ledger was lost since the decision: the gap entry counts the request.
                    loop.shared.ledger.countUnrecorded(usage.prompt, usage.completion)
                    loop.metrics.unrecorded += 1
                }
            }
            if let migration = lastAttempt?.migration { loop.metrics.countMigrated(by: migration) }
            if isSpill { loop.metrics.spilled.add(entry.groundNumber) }
        }
        loop.metrics.placed.add(Int(outcome.rawValue))
        settleMetrics(.placed(outcome, usage))
    }

    /// Counts the request out, once.
    func settleMetrics(_ end: RequestEnd) {
        if reservation != nil { settleReservation(Records.TokenUsage(), at: loop.instant) }
        // An answer that waits for the ledger is in flight until it has gone out.
        if !client.holdsOutput || !endsWithGate { countOut() }
        observe(end)
    }

    /// The usage as the upstream said it, or an estimate where it did not get to.
    private func settledUsage(_ outcome: PlacementEntry.Outcome) -> Records.TokenUsage {
        guard let attempt = lastAttempt, hasSentHead || outcome == .cancelled,
            attempt.head?.isSuccess == true
        else { return Records.TokenUsage() }
        let reported = attempt.relay?.usage ?? attempt.usage
        let writes = scan.operation.hasCompletionTokens
        if let reported, let prompt = reported.promptTokens,
            let completion = reported.completionTokens ?? (writes ? nil : 0)
        {
            return Records.TokenUsage(
                basis: .reported, prompt: UInt64(prompt), completion: UInt64(completion),
                cached: UInt64(reported.cachedTokens ?? 0), reasoning: UInt64(reported.reasoningTokens ?? 0),
                audioIn: UInt64(reported.promptAudioTokens ?? 0), audioOut: UInt64(reported.completionAudioTokens ?? 0))
        }
        let completion = writes ? attempt.relay?.contentEvents ?? attempt.relayedBytes / 4 : 0
        return Records.TokenUsage(
            basis: .estimated, prompt: UInt64(promptTokensEstimate), completion: UInt64(completion))
    }

    /// Ends an answer of which the client has seen something, and which will not be completed.
    func breakOff(_ signal: Signal) {
        guard phase != .finished else { return }
        loop.metrics.failed.add(Int(signal.signalClass.rawValue))
        let isStream = current?.relay != nil
        let lastSequenceNumber = current?.relay?.lastSequenceNumber
        endAttempt(signal)
        if isStream {
            let error = ErrorAnswer(
                status: 502, type: "server_error", code: "upstream_interrupted",
                message: "The provider broke off its answer; what came before this event is all there is.")
            send(error.event(scan.operation, after: lastSequenceNumber))
            sendEnd()
        }
        finish(.failed)
        // Only now, for it tells the exchange that the client has gone.
        if !isStream { client.abort() }
    }

    /// The client went away: nobody waits for the answer any more.
    func clientGone() {
        guard phase != .finished else { return countOut() }
        waitTask?.cancel()
        if gate == .spill {
            // Nothing was sent there, so it is no attempt.
            releasePermit()
            current = nil
        }
        gate = .open
        if current != nil {
            endAttempt(Signal(.clientGone))
        }
        guard !attempts.isEmpty else {
            phase = .finished
            if !isUnrecorded {
                let entry = RefusalEntry(
                    at: loop.instant, request: id, reason: "client-gone", clauses: [], status: 0)
                _ = loop.shared.ledger.appendLater(entry.encoded().span)
            }
            loop.metrics.refusals["client-gone", default: 0] += 1
            return settleMetrics(.refused(reason: "client-gone"))
        }
        finish(.cancelled)
    }

    /// Looks at the request's deadlines.
    func tick(_ now: NIODeadline) {
        if phase == .finished {
            if client.holdsOutput, remainingMilliseconds <= 0 { giveUpOnGate() }
            return
        }
        if phase == .deciding {
            if gate == .spill, remainingMilliseconds <= 0 { giveUpOnLedger() }
            return
        }
        if remainingMilliseconds <= 0 {
            guard current != nil else { return exhausted() }
            return hasSentHead ? breakOff(Signal(.timeout)) : failAttempt(Signal(.timeout), body: ByteBuffer())
        }
        guard let attempt = current else { return }
        if isTooSlow(attempt, now: now) {
            return hasSentHead ? breakOff(Signal(.timeout)) : failAttempt(Signal(.timeout), body: ByteBuffer())
        }
        let limits = loop.limits
        let sinceRead = now - attempt.lastRead
        switch phase {
        case .awaitingHead where sinceRead > .milliseconds(limits.answerMilliseconds):
            failAttempt(Signal(.timeout), body: ByteBuffer())
        case .readingError where sinceRead > .milliseconds(limits.answerIdleMilliseconds):
            failAttempt(Signal(.timeout), body: ByteBuffer())
        case .readingAnswer, .streaming:
            if sinceRead > .milliseconds(limits.answerIdleMilliseconds), client.isWritable, gate == .open {
                return hasSentHead ? breakOff(Signal(.timeout)) : failAttempt(Signal(.timeout), body: ByteBuffer())
            }
            if phase == .streaming, !hasSentHead,
                now - attempt.sentDeadline > .milliseconds(limits.holdMilliseconds)
            {
                commitStream()
                client.flush()
            }
            markProgress(attempt, now: now)
        default:
            break
        }
    }

    /// Ends a request whose decision did not come to disk in time; no other cloud has had a byte of it.
    private func giveUpOnLedger() {
        gate = .open
        releasePermit()
        current = nil
        guard attempts.isEmpty else { return exhausted() }
        refuse(
            .overloaded("The ledger did not answer in time; try again in a moment.", code: "ledger_unavailable"),
            reason: "ledger-unavailable", clauses: [])
    }

    /// Ends the wait of an answer whose decision did not come to disk in the request's time.
    private func giveUpOnGate() {
        gate = .open
        endsWithGate = false
        countOut()
        client.giveUpHeldOutput(
            .overloaded("The ledger did not answer in time; try again in a moment.", code: "ledger_unavailable"),
            decision: idText)
    }

    private func markProgress(_ attempt: Attempt, now: NIODeadline) {
        guard phase == .streaming, !isUnrecorded,
            now - attempt.lastProgress > .milliseconds(loop.limits.progressMilliseconds)
        else { return }
        current?.lastProgress = now
        let entry = ProgressEntry(
            at: loop.instant, request: id, deployment: attempt.deployment.id,
            cloud: attempt.deployment.cloud, events: UInt64(attempt.relay?.contentEvents ?? 0),
            bytes: UInt64(attempt.relayedBytes))
        _ = loop.shared.ledger.appendLater(entry.encoded().span)
    }

    /// The client reads again, or does not keep up.
    func clientWritabilityChanged(_ isWritable: Bool) {
        current?.lastRead = loop.now
        current?.connection?.setReading(isWritable)
    }
}

extension Signal {
    /// The signal of an answer that was relayed whole.
    fileprivate static let served = Signal(
        signalClass: .success, vendorCode: .none, status: 200, isInStream: false, retryAfterMilliseconds: nil,
        hasProviderRequestID: false, messageFingerprint: 0)
}
