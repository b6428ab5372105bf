// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Wire

/// The bytes and records of one chat request on its way.
enum CodecScenario {
    static let requestHead = Array(
        ("POST /v1/chat/completions HTTP/1.1\r\nhost: gateway.example:8080\r\nuser-agent: OpenAI/Python 3.54.0\r\n"
            + "accept: application/json\r\nauthorization: Bearer cc-0123456789abcdef0123456789abcdef\r\n"
            + "content-type: application/json\r\nx-stainless-lang: python\r\nx-stainless-retry-count: 0\r\n"
            + "content-length: 1024\r\n\r\n").utf8)

    static let answerHead = Array(
        ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 700\r\nx-request-id: 0123456789\r\n"
            + "x-ratelimit-remaining-requests: 4999\r\nx-ratelimit-remaining-tokens: 79999\r\n"
            + "date: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n").utf8)

    static let chatBody = Array(
        (#"{"model":"gpt","messages":[{"role":"system","content":"Answer briefly."},{"role":"user","content":""#
            + String(repeating: "lorem ipsum ", count: 75) + #""}],"max_tokens":120,"temperature":0.2}"#).utf8)

    static let completionBody = Array(
        (#"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt","choices":[{"index":0,"#
            + #""finish_reason":"stop","message":{"role":"assistant","content":""# + String(repeating: "x", count: 480)
            + #""}}],"usage":{"prompt_tokens":250,"completion_tokens":120,"total_tokens":370}}"#).utf8)

    static let event = Array(
        (#"data: {"id":"chatcmpl-0123456789","object":"chat.completion.chunk","created":1700000000,"model":"gpt","#
            + #""system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":" hello"},"logprobs":null,"#
            + #""finish_reason":null}]}"# + "\n\n").utf8)

    static let decisionEntry: DecisionEntry = {
        var decision = Decision()
        for index in 0..<2 {
            decision.append(
                Decision.Entry(
                    deployment: UInt16(index), position: UInt8(index), grounds: [], shown: nil, clause: 1, evidence: 0,
                    flags: .primary))
        }
        let hash = [UInt8](repeating: 7, count: 32)
        return DecisionEntry(
            request: request, number: 0, at: at, now: at, revision: 12, terms: hash, isObserved: false,
            workload: Workload([.product: "chat", .model: "gpt", .publisher: "openai"], features: .streaming),
            commitments: DecisionEntry.Commitments(key: hash, tenant: hash, labels: hash), promptBytes: 900,
            tokensMax: 120, own: OwnSignals(), decision: decision, trace: hash)
    }()

    static let placementEntry = PlacementEntry(
        at: at, request: request, outcome: .served, clause: "microsoft-openai/primary", ground: "primary",
        isSpill: false, evidence: 0,
        attempts: [
            PlacementEntry.Attempt(
                deployment: "gpt-reserved", cloud: "azure", decision: 0, sent: at, ended: at, status: 200, signal: 0,
                vendorCode: 0, fingerprint: 0)
        ],
        usage: Records.TokenUsage(basis: .reported, prompt: 250, completion: 120), status: 200, firstByte: at)

    private static let at = Instant(nanoseconds: 1_780_315_200_000_000_000)
    private static let request = RequestID(log: "5f0c9ab1", boot: 3, counter: 1_207)

    /// Encodes an entry again and again as a relay does, in one memory and with what its plan and key know of it.
    static func encoding(_ entry: DecisionEntry) -> () -> Int {
        let (workload, commitments) = (EncodedPart(entry.workload), EncodedPart(entry.commitments))
        var encoder = CBOREncoder(reservingBytes: 2_048)
        return {
            DecisionEntry.encode(
                request: entry.request, number: entry.number, at: entry.at, now: entry.now, revision: entry.revision,
                terms: entry.terms, isObserved: entry.isObserved, workload: workload, commitments: commitments,
                promptBytes: entry.promptBytes, tokensMax: entry.tokensMax, own: entry.own, decision: entry.decision,
                trace: entry.trace, migration: entry.migration, in: &encoder)
            return encoder.withBytes { $0.count }
        }
    }

    /// Encodes an entry again and again as a relay does, in one memory.
    static func encoding(_ entry: PlacementEntry) -> () -> Int {
        var encoder = CBOREncoder(reservingBytes: 2_048)
        return {
            PlacementEntry.encode(
                at: entry.at, request: entry.request, outcome: entry.outcome, clause: entry.clause,
                ground: entry.ground, isSpill: entry.isSpill, evidence: entry.evidence, attempts: entry.attempts,
                usage: entry.usage, status: entry.status, firstByte: entry.firstByte, passedOver: entry.passedOver,
                migration: entry.migration, in: &encoder)
            return encoder.withBytes { $0.count }
        }
    }

    /// Reads a head again and again as a connection does, with one reader, and gives its length.
    static func headReading(of bytes: [UInt8], _ side: HTTPHeadReader.Side) -> () -> Int {
        var reader = HTTPHeadReader(side)
        return {
            reader.reset()
            guard (try? reader.read(bytes.span)) == true else { preconditionFailure("the head is not whole") }
            return reader.head.byteCount
        }
    }

    /// Scans a request's body and gives the size of its prompt.
    @inline(never)
    static func scanChat(_ bytes: [UInt8]) -> Int {
        guard let scan = try? RequestScanner.scan(bytes.span) else { preconditionFailure("the body is refused") }
        return Int(scan.promptBytes)
    }

    /// Finds an event in a stream's bytes, and reads it.
    @inline(never)
    static func readEvent(_ bytes: [UInt8]) -> Int {
        var framer = SSEFramer()
        guard let found = try? framer.next(in: bytes.span), let data = found.data else {
            preconditionFailure("the event is not whole")
        }
        return ResponseScanner.scan(bytes.span.extracting(data)).isVisible ? 1 : 0
    }
}
