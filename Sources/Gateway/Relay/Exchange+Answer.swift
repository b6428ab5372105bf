// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// What the client gets.
extension Exchange {
    /// Whether the head of the answer has gone out or waits for the ledger alone.
    var hasSentHead: Bool { answerStatus != 0 }

    /// How much of the request's time is left, in milliseconds.
    var remainingMilliseconds: Int64 {
        keyState.key.deadlineMilliseconds - (loop.now - started).nanoseconds / 1_000_000
    }

    /// Sends the head of an upstream's answer.
    func sendHead(_ framing: AnswerFraming) {
        guard let attempt = current else { return }
        let shownDiagnostics = keyState.key.diagnostics
        send(head: attempt.head?.status ?? 200, framing: framing) { head in
            attempt.head?.writePassedFields(to: head)
            if framing == .stream { head.write("cache-control: no-cache\r\n") }
            if shownDiagnostics {
                head.writeField("x-concordat-ground", attempt.entry.groundName)
                head.writeField("x-concordat-deployment", attempt.deployment.id)
                if let migration = attempt.migration { head.writeField("x-concordat-migration", migration) }
            }
        }
    }

    private func send(head status: Int, framing: AnswerFraming, fields: (HeadText) -> Void) {
        answerStatus = UInt16(status)
        firstByte = firstByte ?? loop.instant
        client.writeHead(status: status, framing: framing) { head in
            let id = idText
            head.writeField("x-concordat-decision", id)
            head.writeField("x-request-id", id)
            rateStanding?.write(to: head)
            fields(head)
        }
        guard !gatePassed, !isUnrecorded, gate == .open else { return }
        if loop.isDurable(gateSequence) {
            // Without a detour over the gate, so that head and body go out in one write.
            gatePassed = true
            return
        }
        gate = .head
        times.heldSince = loop.now
        client.holdsOutput = true
        loop.wait(for: gateSequence, self)
    }

    func send(_ piece: ByteBuffer) {
        client.write(piece)
        if client.holdsOutput, client.pending.readableBytes > GatewayLimits.writeBufferBytesMax {
            current?.connection?.setReading(false)
        }
    }

    func sendEnd() {
        if client.holdsOutput {
            endsWithGate = true
        } else {
            client.end()
        }
    }

    /// Lets go out what waited for the ledger.
    func releaseOutput() {
        client.holdsOutput = false
        if endsWithGate {
            countOut()
            return client.end()
        }
        client.flush()
        clientWritabilityChanged(client.isWritable)
    }

    /// Answers with an error of our own.
    func answer(_ error: ErrorAnswer) {
        let body = error.body
        send(head: error.status, framing: .length(body.readableBytes)) { head in
            head.write("content-type: application/json\r\n")
            head.writeRetryFields(after: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
        }
        send(body)
        sendEnd()
    }

    // MARK: Refusals

    /// Answers with what the decision says.
    func refuse(_ refusal: Decision.Refusal) {
        guard attempts.isEmpty else { return exhausted() }
        let clauses = (0..<decision.refusalClauseCount).map { planned.terms.reference(decision.refusalClause($0)) }
        refuse(errorAnswer(for: refusal, clauses: clauses), reason: refusal.name, clauses: clauses)
    }

    private func errorAnswer(for refusal: Decision.Refusal, clauses: [String]) -> ErrorAnswer {
        let named = clauses.isEmpty ? "" : " (" + clauses.joined(separator: ", ") + ")"
        switch refusal {
        case .modelNotConfigured:
            let isKnown = !table.candidates(ofModel: scan.model).isEmpty
            return .invalidRequest(
                isKnown
                    ? "No deployment of the model serves what the request needs: "
                        + "\((features.operationNames + features.featureNames).joined(separator: ", "))."
                    : "The model is not served here; GET /v1/models lists the models.",
                code: isKnown ? "feature_not_served" : "model_not_found", status: 404, param: "model")
        case .primaryNotConfigured:
            return .invalidRequest(
                "The agreement binds this request to its primary cloud\(named), which has no deployment for the model, "
                    + "operation or feature; ask the operator of this gateway to add one.",
                code: "primary_not_configured", status: 404, param: "model")
        case .forbidden:
            return ErrorAnswer(
                status: 403, type: "agreement_refusal", code: "forbidden",
                message: "The agreement forbids every deployment that could serve this request\(named).",
                shouldRetry: false)
        case .conflict:
            return ErrorAnswer(
                status: 403, type: "agreement_refusal", code: "conflict",
                message:
                    "The agreements contradict each other about this request\(named); it is refused until they agree.",
                shouldRetry: false)
        case .primaryBusy, .exhausted:
            return ErrorAnswer(
                status: 429, type: "rate_limit_error", code: "primary_busy",
                message: "The primary cloud asked not to be called yet, and the agreement names no ground on which "
                    + "this request may leave it\(named); try again after the time in Retry-After.",
                retryAfterMilliseconds: retryAfterMilliseconds)
        }
    }

    /// Ends a request for which no deployment was tried.
    func refuse(_ error: ErrorAnswer, reason: String, clauses: [String]) {
        guard phase != .finished else { return }
        phase = .finished
        answer(error)
        if !isUnrecorded {
            let entry = RefusalEntry(
                at: loop.instant, request: id, reason: reason, clauses: clauses,
                status: UInt16(error.status), passedOver: untried)
            _ = loop.shared.ledger.appendLater(entry.encoded().span)
        } else {
            loop.shared.ledger.countUnrecorded(0, 0)
            loop.metrics.unrecorded += 1
        }
        loop.metrics.refusals[reason, default: 0] += 1
        for clause in clauses { loop.metrics.refusalsByClause[clause, default: 0] += 1 }
        settleMetrics(.refused(reason: reason))
    }

    /// Answers with the primary's error, now that nothing is left to try.
    func exhausted() {
        guard let error = primaryError else { return isHeldByState ? refuseForState() : refuse(.primaryBusy) }
        passOn(error)
    }

    /// Gives an upstream's error to the client, in its own words where it has some.
    func passOn(_ error: UpstreamErrorAnswer) {
        let signal = error.signal
        let isOurFault = signal.signalClass == .auth || signal.signalClass == .billing
        if remainingMilliseconds <= 0 {
            answer(
                ErrorAnswer(
                    status: 504, type: "server_error", code: "deadline_exceeded",
                    message: "The request's deadline came before any deployment could serve it.", shouldRetry: true))
        } else if error.status >= 400, error.isInDialect, !isOurFault {
            let isFinal = signal.signalClass == .request || signal.signalClass == .filter
            let retryAfter = isFinal || error.status < 429 ? nil : retryAfterMilliseconds
            send(head: error.status, framing: .length(error.body.readableBytes)) { head in
                head.write("content-type: application/json\r\n")
                head.writeRetryFields(after: retryAfter, shouldRetry: isFinal ? false : retryAfter.map { _ in true })
            }
            send(error.body)
            sendEnd()
        } else {
            answer(ownWords(for: signal, status: error.status))
        }
        finish(.failed)
    }

    private func ownWords(for signal: Signal, status: Int) -> ErrorAnswer {
        switch signal.signalClass {
        case .request, .filter:
            .invalidRequest(
                "The provider refuses the request and does not say why in a form that can be passed on.",
                code: "upstream_refused", status: (400..<500).contains(status) ? status : 400)
        case .auth, .billing:
            ErrorAnswer(
                status: 502, type: "server_error", code: "upstream_account",
                message: "The provider refuses the account of this gateway; its operator has to mend that.",
                shouldRetry: false)
        case .reservedFull, .noCapacity, .ownQuota, .ramp:
            ErrorAnswer(
                status: 429, type: "rate_limit_error", code: "primary_busy",
                message: "The primary cloud lacks capacity for this request; try again after the time in Retry-After.",
                retryAfterMilliseconds: retryAfterMilliseconds)
        case .ours where signal.vendorCode == .timeout:
            ErrorAnswer(
                status: 504, type: "server_error", code: "upstream_timeout",
                message: "The provider did not answer in time; try again.", shouldRetry: true)
        case .success, .outage, .ours:
            ErrorAnswer(
                status: 502, type: "server_error", code: "upstream_unavailable",
                message: "The provider could not be reached or broke off its answer; try again.",
                retryAfterMilliseconds: 1_000, shouldRetry: true)
        }
    }

    /// How long a client should wait, in milliseconds: until the first deployment that it may use can be called again.
    var retryAfterMilliseconds: Int64 {
        let now = loop.instant
        let windows = loop.snapshot.facts.windows
        var until = decision.retryAt
        if windows.count == table.lanes.count {
            until = min(until, planned.plan.earliestRetry(windows: windows, now: now))
            until = min(until, planned.plan.earliestRetry(ofTried: own, windows: windows, now: now))
        }
        guard until != .distantFuture else { return restMilliseconds ?? 1_000 }
        return max(1, min(until.milliseconds(since: now), restMilliseconds ?? .max))
    }
}

extension Decision.Entry {
    /// What `x-concordat-ground` says: `primary`, a ground, or `departure`.
    var groundName: String {
        if flags.contains(.departure) { return "departure" }
        return shown?.name ?? "primary"
    }
}
