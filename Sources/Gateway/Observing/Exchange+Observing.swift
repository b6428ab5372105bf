// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// What is counted of a request, and when things happened to it.
extension Exchange {
    /// What the request asks for.
    var operation: GenAIOperation {
        switch scan.operation {
        // The conventions have no name of their own for responses.
        case .chat, .responses: .chat
        case .completions: .textCompletion
        case .embeddings: .embeddings
        }
    }

    /// An attempt is about to be sent.
    ///
    /// - Returns: the client's trace and our span in it; `nil` where it has none.
    func noteDispatched(_ now: NIODeadline) -> (context: TraceContext, span: UInt64)? {
        if times.dispatched == nil {
            times.dispatched = now
            loop.metrics.overhead.observe(
                nanoseconds: (now - started).nanoseconds, row: LoopMetrics.Overhead.dispatch.rawValue)
        }
        guard let trace else { return nil }
        times.span = loop.spanIDs.next()
        return (trace, times.span)
    }

    /// The ledger holds the request back no more.
    func noteGateEnd() {
        guard let since = times.heldSince else { return }
        let now = loop.now
        times.heldSince = nil
        times.heldNanoseconds += (now - since).nanoseconds
        loop.metrics.overhead.observe(
            nanoseconds: (now - since).nanoseconds, row: LoopMetrics.Overhead.ledger.rawValue)
        // What waited for the ledger goes out only now.
        if times.firstToken != nil, gate == .head { times.firstToken = now }
    }

    /// Events of a stream went out or were held back.
    func noteEvents() {
        guard let attempt = current, (attempt.relay?.contentEvents ?? 0) > 0 else { return }
        times.lastToken = attempt.lastRead
        if times.firstToken == nil { times.firstToken = attempt.lastRead }
    }

    /// An attempt has ended.
    func noteEnd(of attempt: Attempt, _ signal: Signal) {
        let now = loop.now
        let row = loop.series.row(attempt.target, operation) { loop.metrics.genAI.row(of: series(of: attempt)) }
        times.row = row
        let duration = (now - attempt.sentDeadline).nanoseconds
        if signal.signalClass == .success {
            loop.metrics.genAI.attempts.observe(nanoseconds: duration, row: row)
        } else {
            let failure = loop.metrics.genAI.row(ofFailure: errorName(signal), in: row)
            loop.metrics.genAI.failedAttempts.observe(nanoseconds: duration, row: failure)
        }
    }

    /// The request has ended: counts it, and writes its line.
    func observe(_ end: RequestEnd) {
        let duration = (loop.now - started).nanoseconds
        loop.metrics.durations.observe(nanoseconds: duration, row: 0)
        var error: String?
        switch end {
        case .placed(let outcome, let usage):
            let row = times.row ?? 0
            loop.metrics.genAI.placements[row] &+= 1
            loop.metrics.genAI.count(usage, row: row)
            switch outcome {
            case .served:
                loop.metrics.genAI.requests.observe(nanoseconds: duration, row: row)
                observeTokens(usage, row: row)
            case .cancelled: error = "client-gone"
            case .failed, .interrupted:
                error = attempts.last.flatMap { SignalClass(rawValue: $0.signal)?.name } ?? GenAISeries.otherName
            }
        case .refused(let reason):
            error = reason
        }
        if let error {
            let row =
                times.row
                ?? loop.metrics.genAI.row(
                    of: GenAISeries(
                        operation: operation, provider: GenAISeries.ownName, model: configuredModel, cloud: ""))
            let failure = loop.metrics.genAI.row(ofFailure: error, in: row)
            loop.metrics.genAI.failedRequests.observe(nanoseconds: duration, row: failure)
        }
        writeAccessLine(end, nanoseconds: duration)
    }

    /// The model that the client asked for, if it is served here; a client's own words are in no metric and no log.
    var configuredModel: String {
        table.candidates(ofModel: scan.model).isEmpty ? GenAISeries.otherName : scan.model
    }

    private func observeTokens(_ usage: Records.TokenUsage, row: Int) {
        guard let first = times.firstToken else { return }
        loop.metrics.genAI.firstToken.observe(nanoseconds: (first - started).nanoseconds, row: row)
        guard usage.basis == .reported, usage.completion > 1, let last = times.lastToken else { return }
        let mean = max(0, (last - first).nanoseconds) / Int64(clamping: usage.completion - 1)
        loop.metrics.genAI.perToken.observe(nanoseconds: mean, row: row)
    }

    private func series(of attempt: Attempt) -> GenAISeries {
        GenAISeries(
            operation: operation, provider: attempt.target.kind.genAIName, model: attempt.deployment.model,
            cloud: attempt.deployment.cloud, host: attempt.target.endpoint.host, port: attempt.target.endpoint.port)
    }

    private func errorName(_ signal: Signal) -> String {
        switch signal.vendorCode {
        case .clientGone: "client-gone"
        case .timeout: "timeout"
        default: signal.signalClass.name
        }
    }
}
