// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import NIOHTTP1
internal import Providers
internal import Records
internal import Wire

/// What waits for the client until the decision is on disk.
struct Outbox {
    var head: HTTPResponseHead?
    var pieces: [ByteBuffer] = []
    var bytes = 0
    var isEnded = false
}

// What the client gets.
extension Exchange {
    /// Whether the head of the answer has gone out or waits for the ledger alone.
    var hasSentHead: Bool { answerStatus != 0 }

    /// How much of the request's time is left, in milliseconds.
    var remainingMilliseconds: Int64 {
        keyState.key.deadlineMilliseconds - (NIODeadline.now() - started).nanoseconds / 1_000_000
    }

    /// Sends the head of an upstream's answer.
    func sendHead(contentLength: String?) {
        guard let attempt = current else { return }
        var headers = answerHeaders()
        headers.add(
            name: "content-type", value: attempt.head?.headers.first(name: "content-type") ?? "application/json")
        for name in Self.passedHeaders {
            if let value = attempt.head?.headers.first(name: name) { headers.add(name: name, value: value) }
        }
        if let contentLength {
            headers.add(name: "content-length", value: contentLength)
        } else {
            headers.add(name: "cache-control", value: "no-cache")
        }
        if keyState.key.diagnostics {
            headers.add(name: "x-concordat-ground", value: attempt.entry.groundName)
            headers.add(name: "x-concordat-deployment", value: attempt.deployment.id)
        }
        send(head: Int(attempt.head?.status.code ?? 200), headers: headers)
    }

    /// Header fields of an upstream's answer that clients may see.
    private static let passedHeaders = ["content-encoding", "openai-processing-ms", "openai-version"]

    private func answerHeaders() -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(10)
        headers.add(name: "x-concordat-decision", value: idText)
        headers.add(name: "x-request-id", value: idText)
        return headers
    }

    private func send(head status: Int, headers: HTTPHeaders) {
        answerStatus = UInt16(status)
        firstByte = firstByte ?? loop.shared.clock.now()
        outbox.head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        guard !gatePassed, !isUnrecorded else { return flushOutbox() }
        if gate == .open {
            gate = .head
            loop.wait(for: gateSequence, self)
        }
    }

    func send(_ piece: ByteBuffer) {
        guard piece.readableBytes > 0 else { return }
        if outbox.head == nil, gate == .open {
            client.write(piece)
        } else {
            outbox.pieces.append(piece)
            outbox.bytes += piece.readableBytes
            if outbox.bytes > GatewayLimits.writeBufferBytesMax { current?.connection?.setReading(false) }
        }
    }

    func sendEnd() {
        outbox.isEnded = true
        if outbox.head == nil, gate == .open { client.end() }
    }

    /// Writes what waited for the ledger.
    func flushOutbox() {
        guard let head = outbox.head else { return }
        outbox.head = nil
        client.write(head)
        for piece in outbox.pieces { client.write(piece) }
        outbox.pieces = []
        outbox.bytes = 0
        if outbox.isEnded { return client.end() }
        client.flush()
        clientWritabilityChanged(client.isWritable)
    }

    /// Answers with an error of our own.
    func answer(_ error: ErrorAnswer) {
        var headers = answerHeaders()
        let body = error.body
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(retry: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
        send(head: error.status, headers: headers)
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
                    ? "No deployment of the model serves the features that the request needs: "
                        + "\(features.featureNames.joined(separator: ", "))."
                    : "The model is not served here; GET /v1/models lists the models.",
                code: isKnown ? "feature_not_served" : "model_not_found", status: 404, param: "model")
        case .primaryNotConfigured:
            return .invalidRequest(
                "The agreement binds this request to its primary cloud\(named), which has no deployment for the model "
                    + "or feature; ask the operator of this gateway to add one.",
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
                at: loop.shared.clock.now(), request: id, reason: reason, clauses: clauses,
                status: UInt16(error.status))
            _ = loop.shared.ledger.append(entry.encoded())
        } else {
            loop.shared.ledger.countUnrecorded(0, 0)
            loop.metrics.unrecorded += 1
        }
        loop.metrics.refusals[reason, default: 0] += 1
        for clause in clauses { loop.metrics.refusalsByClause[clause, default: 0] += 1 }
        settleMetrics()
    }

    /// Answers with the primary's error, now that nothing is left to try.
    func exhausted() {
        guard let error = primaryError else { return refuse(.primaryBusy) }
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
            var headers = answerHeaders()
            headers.add(name: "content-type", value: "application/json")
            headers.add(name: "content-length", value: String(error.body.readableBytes))
            let isFinal = signal.signalClass == .request || signal.signalClass == .filter
            headers.add(
                retry: isFinal || error.status < 429 ? nil : retryAfterMilliseconds, shouldRetry: isFinal ? false : nil)
            send(head: error.status, headers: headers)
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

    /// How long a client should wait, in milliseconds: until the first lane of the primary may be called again.
    var retryAfterMilliseconds: Int64 {
        let now = loop.shared.clock.now()
        let windows = loop.snapshot.facts.windows
        var until = decision.retryAt
        if windows.count == table.lanes.count {
            until = min(until, planned.plan.earliestRetry(windows: windows, now: now))
        }
        guard until != .distantFuture else { return 1_000 }
        return max(1, until.milliseconds(since: now))
    }
}

extension HTTPHeaders {
    /// Adds what tells clients when to try again.
    mutating func add(retry milliseconds: Int64?, shouldRetry: Bool?) {
        if let milliseconds {
            add(name: "retry-after-ms", value: String(milliseconds))
            add(name: "retry-after", value: String((milliseconds + 999) / 1_000))
        }
        if let shouldRetry { add(name: "x-should-retry", value: shouldRetry ? "true" : "false") }
    }
}

extension Decision.Entry {
    /// What `x-concordat-ground` says: `primary`, a ground, or `departure`.
    var groundName: String {
        if flags.contains(.departure) { return "departure" }
        return shown?.name ?? "primary"
    }
}
