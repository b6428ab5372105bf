// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// What the upstream does, event by event. The attempt's number tells late word from an earlier try apart.
extension Exchange {
    /// How soon a kept connection must break for the request on it to count as unread, in milliseconds.
    private static let unreadMillisecondsMax: Int64 = 250

    func upstreamConnected(_ connection: UpstreamConnection, attempt: Int) {
        guard phase == .connecting, attempt == attemptNumber, let target = current?.target else {
            return loop.pool.release(connection)
        }
        phase = .awaitingHead
        let now = loop.now
        current?.connection = connection
        current?.isReusedConnection = connection.isReused
        current?.sent = loop.instant
        current?.sentDeadline = now
        current?.lastRead = now
        let span = noteDispatched(now)

        let splice = BodySplice(scan: scan, bodyBytes: body.readableBytes, model: target.upstreamModel)
        connection.send(
            head: target.requestHead(scan.operation, isStreaming: scan.isStreaming), body: body, splice: splice,
            attempt: attempt, trace: span)
    }

    /// No connection came about.
    func upstreamFailed(_ cause: LocalCause, attempt: Int) {
        guard phase == .connecting, attempt == attemptNumber else { return }
        failAttempt(Signal(cause), body: ByteBuffer())
    }

    /// The connection ended or broke before the answer was complete.
    func upstreamLost(_ cause: LocalCause, on connection: UpstreamConnection, attempt: Int) {
        guard attempt == attemptNumber, current?.connection === connection, phase != .finished else { return }
        if phase == .awaitingHead, let sent = current?.sentDeadline, current?.isReusedConnection == true,
            !connection.hasAnswered, loop.now - sent < .milliseconds(Self.unreadMillisecondsMax)
        {
            // The upstream closed an idle connection while the request was on its way; it has not been read.
            current?.connection = nil
            loop.metrics.routing.resent += 1
            return connect(fresh: true)
        }
        if hasSentHead {
            breakOff(Signal(cause))
        } else {
            failAttempt(Signal(cause), body: ByteBuffer())
        }
    }

    func upstreamHead(_ head: consuming UpstreamHead, attempt: Int) {
        guard attempt == attemptNumber, phase == .awaitingHead else { return }
        let (isSuccess, isReadable) = (head.isSuccess, head.isReadable)
        let isEventStream = scan.isStreaming && head.isEventStream
        current?.head = head
        current?.lastRead = loop.now
        guard isSuccess else {
            phase = .readingError
            return
        }
        // What can't be read can't be metered, and an error in it would go unseen.
        guard isReadable else { return failAttempt(Signal(.malformedResponse), body: ByteBuffer()) }
        if isEventStream {
            phase = .streaming
            current?.relay = StreamRelay(scan.operation, stripsUsage: !scan.wantsUsageChunk)
        } else {
            phase = .readingAnswer
        }
    }

    func upstreamBody(_ bytes: ByteBuffer, attempt: Int) {
        guard attempt == attemptNumber else { return }
        current?.lastRead = loop.now
        switch phase {
        case .readingError:
            let room = JSONErrorScan.bodyBytesMax - (current?.collected.readableBytes ?? 0)
            if room > 0, var slice = bytes.getSlice(at: bytes.readerIndex, length: min(room, bytes.readableBytes)) {
                current?.collected.writeBuffer(&slice)
            }
        case .readingAnswer:
            takeAnswer(bytes)
        case .streaming:
            takeEvents(bytes)
        default:
            break
        }
    }

    func upstreamEnd(attempt: Int) {
        guard attempt == attemptNumber, let ended = current else { return }
        switch phase {
        case .readingError:
            let body = ended.collected
            let signal = classify(ended, phase: .head, error: JSONErrorScanner.scan(body.readableBytesUInt8Span))
            failAttempt(signal, body: body)
        case .readingAnswer:
            completeAnswer()
        case .streaming:
            completeStream()
        default:
            break
        }
    }

    func upstreamReadComplete() {
        client.flush()
    }

    // MARK: Events

    private func takeEvents(_ bytes: ByteBuffer) {
        let wasCommitted = current?.relay?.isCommitted ?? false
        let taken: Result<StreamRelay.Step, SSEError>? =
            Result { () throws(SSEError) in
                guard let step = try current?.relay?.take(bytes) else { return StreamRelay.Step() }
                return step
            }
        switch taken {
        case .failure:
            let signal = Signal(.malformedResponse)
            return hasSentHead ? breakOff(signal) : failAttempt(signal, body: ByteBuffer())
        case .success(let step):
            if let error = step.failure, let attempt = current {
                // An error inside a stream that has shown nothing: the next deployment may still serve.
                return failAttempt(classify(attempt, phase: .inStream, error: error), body: ByteBuffer())
            }
            if !wasCommitted, current?.relay?.isCommitted == true {
                served()
                sendHead(.stream)
            }
            if let names = current?.relay?.stateNames, !names.isEmpty {
                current?.relay?.stateNames = []
                noteState(names)
            }
            for piece in step.forward {
                current?.relayedBytes += piece.readableBytes
                send(piece)
            }
            noteEvents()
        case nil:
            break
        }
    }

    private func completeStream() {
        guard let relay = current?.relay else { return }
        guard relay.isComplete else {
            let signal = Signal(.connectionLost)
            return hasSentHead ? breakOff(signal) : failAttempt(signal, body: ByteBuffer())
        }
        commitStream()
        for piece in current?.relay?.finish() ?? [] { send(piece) }
        if let error = relay.lateError, let attempt = current {
            // The client has seen the error in its stream; the attempt and the lane's window say the same.
            let signal = classify(attempt, phase: .inStream, error: error)
            endAttempt(signal)
            loop.metrics.failed.add(Int(signal.signalClass.rawValue))
            note(signal, of: attempt)
        }
        sendEnd()
        finish(relay.lateError == nil ? .served : .failed)
    }

    /// Lets what was held back go out; the attempt is final from here on.
    func commitStream() {
        guard !hasSentHead else { return }
        served()
        sendHead(.stream)
        for piece in current?.relay?.commit() ?? [] {
            current?.relayedBytes += piece.readableBytes
            send(piece)
        }
    }

    /// The upstream serves the request: the lane's window learns of it and the permit is free again.
    func served() {
        guard let attempt = current else { return }
        answeredHealth()
        let lane = table.laneOfDeployment[Int(attempt.entry.deployment)]
        if !isUnrecorded, lane < loop.snapshot.facts.windows.count,
            loop.snapshot.facts.windows[lane].state != .sufficient,
            loop.snapshot.facts.configuration.deployments == table
        {
            loop.shared.book.recovered(
                LaneSuccess(
                    lane: attempt.deployment.laneKey, required: planned.plan.recoverySuccesses, request: idText))
            loop.use(loop.shared.book.snapshot)
        }
        releasePermit()
    }

    func releasePermit() {
        dropProbe()
        if let attempt = current, attempt.holdsPermit {
            attempt.holdsPermit = false
            loop.shared.book.leave(lane: attempt.deployment.laneKey)
        }
    }

    func classify(_ attempt: Attempt, phase: SignalPhase, error: JSONErrorScan) -> Signal {
        SignalClassifier.classify(
            kind: attempt.target.kind, laneIsReserved: attempt.deployment.lane == .reserved,
            status: attempt.head?.status ?? 0, headers: attempt.head ?? .none, body: error, phase: phase,
            nowSeconds: loop.instant.nanoseconds / 1_000_000_000,
            contractedTokensPerMinute: attempt.target.contractedTokensPerMinute)
    }

    // MARK: Failures

    /// Ends the attempt, takes down what it says, and goes on with the next deployment or decision.
    func failAttempt(_ signal: Signal, body: ByteBuffer) {
        guard let attempt = current else { return }
        let status = attempt.head?.status ?? 0
        endAttempt(signal)
        loop.metrics.failed.add(Int(signal.signalClass.rawValue))
        note(signal, of: attempt)

        let answer = UpstreamErrorAnswer(
            status: status, body: body, isInDialect: ResponseScanner.scan(body.readableBytesUInt8Span).error != nil,
            signal: signal)
        if primaryError == nil || attempt.entry.flags.contains(.primary) { primaryError = answer }
        switch signal.signalClass {
        case .request, .filter:
            // The request is at fault, whoever serves it.
            return passOn(answer)
        case .success, .reservedFull, .noCapacity, .ownQuota, .ramp, .billing, .auth, .outage, .ours:
            break
        }
        guard attempts.count < GatewayLimits.attemptsMax, remainingMilliseconds > 0 else { return exhausted() }
        if position < decision.count {
            tryNext()
        } else {
            decide()
        }
    }

    /// Appends the request's own signal to the evidence.
    private func note(_ signal: Signal, of attempt: Attempt) {
        let bit = UInt64(1) << UInt64(attempt.entry.position)
        own.tried |= bit
        switch signal.signalClass {
        case .noCapacity: own.noCapacity |= bit
        case .ownQuota: own.ownQuota |= bit
        case .outage: own.outage |= bit
        default: break
        }
        if planned.plan.isLastLane(Int(attempt.entry.deployment)),
            signal.signalClass == .noCapacity || signal.signalClass == .ownQuota
        {
            own.lastLaneAnswers += own.lastLaneAnswers < .max ? 1 : 0
        }
        guard !isUnrecorded, let lane = LaneSignal(signal.signalClass) else { return }
        loop.shared.book.refused(
            LaneRefusal(
                lane: attempt.deployment.laneKey, signal: lane, retryAfterMilliseconds: signal.retryAfterMilliseconds,
                request: idText, status: signal.status, vendorCode: signal.vendorCode.rawValue,
                fingerprint: signal.messageFingerprint))
        loop.use(loop.shared.book.snapshot)
    }

    /// Writes the attempt down and lets its connection and permit go.
    func endAttempt(_ signal: Signal) {
        guard let attempt = current else { return }
        settleHealth(of: attempt, signal)
        releasePermit()
        noteEnd(of: attempt, signal)
        attempts.append(
            PlacementEntry.Attempt(
                deployment: attempt.deployment.id, cloud: attempt.deployment.cloud, decision: decisionNumber,
                sent: attempt.sent, ended: loop.instant, status: UInt16(attempt.head?.status ?? 0),
                signal: signal.signalClass.rawValue, vendorCode: signal.vendorCode.rawValue,
                fingerprint: signal.messageFingerprint))
        if let connection = attempt.connection {
            let isWhole = phase == .readingError && signal.signalClass != .ours && connection.exchange != nil
            if isWhole || signal.signalClass == .success {
                loop.pool.release(connection)
            } else {
                connection.exchange = nil
                connection.close()
            }
        }
        lastAttempt = attempt
        current = nil
    }
}

extension LaneSignal {
    /// What a signal says of its lane; `nil` for classes that say nothing of its capacity.
    fileprivate init?(_ signalClass: SignalClass) {
        switch signalClass {
        case .reservedFull: self = .reservedFull
        case .noCapacity: self = .noCapacity
        case .ownQuota: self = .ownQuota
        case .ramp: self = .ramp
        case .success, .billing, .auth, .request, .filter, .outage, .ours: return nil
        }
    }
}
