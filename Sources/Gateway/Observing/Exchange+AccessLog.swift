// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Records
internal import Wire

extension Exchange {
    /// Writes the request's line into the access log, where one is kept and the sample wants it.
    func writeAccessLine(_ end: RequestEnd, nanoseconds: Int64) {
        guard let write = loop.shared.observing.accessLine else { return }
        if case .placed(.served, _) = end {
            loop.servedForSample += 1
            guard loop.servedForSample >= loop.shared.observing.accessSample else { return }
            loop.servedForSample = 0
        }
        var line = AccessLine(at: at)
        line.put("decision", idText)
        line.put("key", keyState.key.id)
        line.put("operation", operation.name)
        line.put("model", configuredModel)
        line.put("stream", scan.isStreaming)
        if let last = lastAttempt {
            line.put("cloud", last.deployment.cloud)
            line.put("deployment", last.deployment.id)
            line.put("ground", last.entry.groundName)
        }
        switch end {
        case .placed(let outcome, let usage):
            line.put("outcome", outcome.name)
            line.put("usage", usage.basis.name)
            line.put("input_tokens", usage.prompt)
            line.put("output_tokens", usage.completion)
        case .refused(let reason):
            line.put("outcome", "refused")
            line.put("reason", reason)
        }
        line.put("status", answerStatus)
        line.put("attempts", attempts.count)
        line.put("duration_ms", nanoseconds: nanoseconds)
        if let dispatched = times.dispatched {
            line.put("dispatch_ms", nanoseconds: (dispatched - started).nanoseconds)
        }
        if let first = times.firstToken {
            line.put("first_token_ms", nanoseconds: (first - started).nanoseconds)
        }
        // An answer that still waits for the ledger has waited until now.
        let waiting = times.heldSince.map { (loop.now - $0).nanoseconds } ?? 0
        line.put("ledger_ms", nanoseconds: times.heldNanoseconds + waiting)
        line.put(trace, span: times.span)
        line.end()
        write(line.bytes)
    }
}

extension LoopContext {
    /// Writes the line of a request that was turned away at the door: it has no decision.
    func noteRejected(_ error: ErrorAnswer, trace: TraceContext?) {
        guard let write = shared.observing.accessLine else { return }
        var line = AccessLine(at: instant)
        line.put("outcome", "rejected")
        line.put("code", error.code)
        line.put("status", error.status)
        line.put(trace, span: 0)
        line.end()
        write(line.bytes)
    }
}

extension AccessLine {
    /// Adds the client's trace and our span in it.
    fileprivate mutating func put(_ trace: TraceContext?, span: UInt64) {
        guard let trace else { return }
        put("trace_id", trace.traceID)
        put("parent_id", trace.parentID)
        if span != 0 { put("span_id", TraceContext.hexadecimal(span)) }
    }
}
