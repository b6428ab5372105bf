// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import NIOCore
import Testing
import Wire

@Suite("A simulated cloud's state")
struct CloudStateTests {
    private func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }

    private func refusal(_ decision: CloudState.Decision) -> Refusal? {
        if case .refuse(let refusal) = decision { refusal } else { nil }
    }

    private func served(_ decision: CloudState.Decision) throws -> ServedRequest {
        guard case .serve(let served) = decision else {
            Issue.record("not served: \(decision)")
            throw CancellationError()
        }
        return served
    }

    @Test("counts the prompt and the most possible answer when a request comes, and what it used when it ends")
    func estimatesAndCorrects() throws {
        var state = CloudState(try .testing(tokensPerMinute: 100))
        let first = try served(state.decide(try .testing(prompt: 20, completion: 60), now: at(0)))
        #expect(refusal(state.decide(try .testing(prompt: 20, completion: 10), now: at(0)))?.reason == .noCapacity)
        let ending = RequestEnding(kind: .cancelled, tokensSent: 5, completionTokensReported: nil)
        state.end(first, as: ending, now: at(0))
        // 25 of 100 are used now.
        _ = try served(state.decide(try .testing(prompt: 20, completion: 55), now: at(0)))
        #expect(refusal(state.decide(try .testing(prompt: 1, completion: 1), now: at(0)))?.reason == .noCapacity)
    }

    @Test("admits to reserved capacity below 100 % and says when it will be again")
    func reserved() throws {
        var state = CloudState(try .testing(.azure, kind: .reserved, tokensPerMinute: 6_000, speed: 60))
        for _ in 0..<4 { _ = try served(state.decide(try .testing(prompt: 1_000, completion: 600), now: at(0))) }
        let refusal = try #require(refusal(state.decide(try .testing(), now: at(0))))
        #expect(refusal.reason == .reservedFull)
        // 400 tokens over, at 6,000 a simulated minute: four simulated seconds are 67 ms.
        #expect(refusal.retryAfterMilliseconds == 67)
        #expect(refusal.retryAfterSeconds == 1)
        _ = try served(state.decide(try .testing(), now: at(67)))
    }

    @Test("tells the caller's own quota apart from the pool, which comes after it")
    func ownQuota() throws {
        var requests = CloudState(try .testing(quotaRequestsPerMinute: 2))
        for _ in 0..<2 { _ = try served(requests.decide(try .testing(), now: at(0))) }
        #expect(refusal(requests.decide(try .testing(), now: at(0)))?.reason == .ownQuotaRequests)
        _ = try served(requests.decide(try .testing(), now: at(30_000)))

        var tokens = CloudState(try .testing(tokensPerMinute: 100, quotaTokensPerMinute: 50))
        _ = try served(tokens.decide(try .testing(prompt: 20, completion: 20), now: at(0)))
        let refusal = try #require(refusal(tokens.decide(try .testing(), now: at(0))))
        #expect(refusal.reason == .ownQuotaTokens)
        #expect(refusal.rateLimits?.tokens?.limit == 50)
        #expect(refusal.rateLimits?.tokens?.remaining == 10)
        #expect(refusal.retryAfterMilliseconds == 12_000)
    }

    @Test("serves more when a lane's capacity is raised, and nothing at zero")
    func capacityChanges() throws {
        var state = CloudState(try .testing(tokensPerMinute: 0))
        #expect(refusal(state.decide(try .testing(), now: at(0)))?.reason == .noCapacity)
        try state.setCapacity(lane: "gpt", tokensPerMinute: 1_000, now: at(0))
        _ = try served(state.decide(try .testing(), now: at(0)))
        let unknown = #expect(throws: CloudError.self) {
            try state.setCapacity(lane: "x", tokensPerMinute: 1, now: at(0))
        }
        #expect(unknown?.message == "test-cloud has no lane \"x\"; it has gpt")
        #expect(throws: CloudError.self) { try state.setCapacity(lane: "gpt", tokensPerMinute: -1, now: at(0)) }
    }

    @Test("lets a fault meet as many requests as its rule says, of its lane")
    func faults() throws {
        var state = CloudState(try .testing())
        try state.setFaults([
            FaultRule(.refuse(reason: .outage503), lane: "gpt", requests: 2), FaultRule(.closeAtHead, requests: 1),
        ])
        #expect(refusal(state.decide(try .testing(), now: at(0)))?.reason == .outage503)
        #expect(refusal(state.decide(try .testing(), now: at(0)))?.reason == .outage503)
        #expect(state.decide(try .testing(), now: at(0)) == .closeConnection)
        _ = try served(state.decide(try .testing(), now: at(0)))
        #expect(state.counters().total.refused == ["outage-503": 2, "closed": 1])
        #expect(throws: CloudError.self) { try state.setFaults([FaultRule(.closeAtHead, lane: "x")]) }
        #expect(throws: CloudError.self) { try state.setFaults([FaultRule(.cut(afterEvents: -1))]) }
    }

    @Test("refuses models and features that it does not have")
    func unknown() throws {
        var state = CloudState(try .testing(unsupportedFeatures: [.vision, .jsonSchema]))
        let request = try CloudRequest(body: Array(CloudRequest.testingBody().utf8).span, deployment: "other")
        #expect(refusal(state.decide(request, now: at(0)))?.reason == .unknownModel)
        let schema = try CloudRequest.testing(members: #","response_format":{"type":"json_schema"}"#)
        let refused = refusal(state.decide(schema, now: at(0)))
        #expect(refused?.reason == .unsupported)
        #expect(refused?.detail == "response_format")
    }

    @Test("draws the same answers for the same seed where a request sets no limit")
    func draws() throws {
        func lengths() throws -> [Int] {
            var state = CloudState(try .testing())
            return try (0..<20).map { _ in
                try served(state.decide(try .testing(completion: nil), now: at(0))).completionTokens
            }
        }
        let first = try lengths()
        #expect(first == (try lengths()))
        #expect(Set(first).count > 10)
        #expect(first.allSatisfy { (16...400).contains($0) })
    }

    @Test("adds up: arrived is admitted and refused, admitted is completed, cancelled and broken off (seed 11)")
    func addsUp() throws {
        var state = CloudState(try .testing(tokensPerMinute: 3_000, quotaRequestsPerMinute: 90))
        var random = SeededSequence(seed: 11)
        var open: [ServedRequest] = []
        var reported = 0
        for step in 0..<5_000 {
            let now = at(Int64(step) * 100)
            let request = try CloudRequest.testing(
                prompt: Int(random.next() % 50), completion: Int(random.next() % 50) + 1)
            if case .serve(let served) = state.decide(request, now: now) { open.append(served) }
            guard let served = open.last, random.next().isMultiple(of: 2) else { continue }
            open.removeLast()
            let kinds: [RequestEnding.Kind] = [.completed, .cancelled, .brokenOff]
            let kind = kinds[Int(random.next() % 3)]
            let usage = kind == .completed ? served.completionTokens : nil
            reported += usage ?? 0
            let ending = RequestEnding(kind: kind, tokensSent: served.completionTokens, completionTokensReported: usage)
            state.end(served, as: ending, now: now)
        }
        let total = state.counters().total
        #expect(total.arrived == 5_000)
        #expect(total.arrived == total.admitted + total.refused.values.reduce(0, +))
        #expect(total.admitted == total.completed + total.cancelled + total.brokenOff + open.count)
        #expect(total.completionTokens == reported)
        #expect(Set(total.refused.keys) == ["no-capacity", "own-quota-requests"])
    }
}
