// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("A virtual key with limits")
struct KeyLimitTests {
    @Test("a key without limits is told of none, and no field of the upstream's about rates reaches it")
    func unlimited() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(headers: ["x-ratelimit-limit-requests: 99", "x-ratelimit-reset-tokens: 6m0s"]))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(!answer.headers.keys.contains { $0.hasPrefix("x-ratelimit") })
        }
        await upstream.stop()
    }

    @Test("P20: beyond its requests a minute it gets 429 with an honest wait, and the ledger holds one refusal for it")
    func requests() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(rpm: "2", tpm: "1000"))
            let start = ContinuousClock.now
            for left in ["1", "0"] {
                let answer = try await bed.chat(key: key)
                #expect(answer.status == 200)
                #expect(answer["x-ratelimit-limit-requests"] == "2")
                #expect(answer["x-ratelimit-remaining-requests"] == left)
                // A minute, and what is left of the second in which it came.
                let reset = answer["x-ratelimit-reset-requests"] ?? ""
                #expect(reset.hasPrefix("1m0") || reset == "1m1s", "\(reset)")
                #expect(answer["x-ratelimit-limit-tokens"] == "1000")
            }
            let refused = try await bed.chat(key: key)
            #expect(refused.status == 429)
            #expect(refused.errorCode == "rate_limit_exceeded")
            #expect(refused.errorMessage.contains("2 requests per minute (RPM)"))
            #expect(refused["x-ratelimit-remaining-requests"] == "0")
            #expect(refused["x-should-retry"] == "true")
            let wait = try #require(refused["retry-after-ms"].flatMap { Int($0) })
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            #expect((58_000 - Int(milliseconds)...61_000).contains(wait))
            #expect(refused["retry-after"] == String((wait + 999) / 1_000))
            #expect(refused["x-concordat-decision"] != nil)
            // Once, as a refusal, and nobody's shortage.
            #expect(try await bed.refusals(1).map(\.reason) == ["rate-limited"])
            try await bed.settled()
            let metrics = await bed.application.server.metrics()
            #expect(metrics.refusals == ["rate-limited": 1])
            #expect(metrics.accepted == 3)
            #expect(metrics.failedAttempts.isEmpty)
            #expect(try await bed.entries().allSatisfy { if case .laneRefused = $0 { false } else { true } })
            #expect(upstream.requests.count == 2)
        }
        await upstream.stop()
    }

    @Test("tokens are reckoned with before and counted after: what was not used is free at once")
    func tokens() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(tpm: "100"))
            let body = #"{"model":"gpt","max_tokens":80,"messages":[{"role":"user","content":"Good day to you"}]}"#
            // 84 are set aside and 12 used, so the next fits; the one after that would not.
            for left in ["16", "4"] {
                let answer = try await bed.chat(body, key: key)
                #expect(answer.status == 200)
                #expect(answer["x-ratelimit-remaining-tokens"] == left)
                try await bed.settled()
            }
            let refused = try await bed.chat(body, key: key)
            #expect(refused.status == 429)
            #expect(refused.errorCode == "rate_limit_exceeded")
            #expect(refused.errorMessage.contains("100 tokens per minute (TPM)"))
            #expect(refused["x-ratelimit-remaining-tokens"] == "76")
            let large = try await bed.chat(body.replacingOccurrences(of: "80", with: "8000"), key: key)
            #expect(large.status == 429)
            #expect(large["x-should-retry"] == "false")
            #expect(large["retry-after"] == nil)
        }
        await upstream.stop()
    }

    @Test("P31: a permit comes back however the request ends: served, failed, client gone, refused by its decision")
    func permits() async throws {
        let holds = Switch(true)
        let upstream = try await RecordingUpstream.start { _, number in
            if number == 0 { return [.send(UpstreamText.answer())] }
            if number == 1 { return [.send(UpstreamText.answer(500, "{}"))] }
            return holds.isOn ? [] : [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.clouds = ["azure"] }) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(concurrent: "1"))
            try await #expect(bed.chat(key: key).status == 200)
            try await #expect(bed.chat(key: key).status == 502)
            let unknown = GatewayBed.body.replacingOccurrences(of: "gpt", with: "none")
            try await #expect(bed.chat(unknown, key: key).status == 404)
            let client = try await bed.connect()
            try await client.send(bed.request(key: key))
            try await until("the upstream has the request") { upstream.requests.count == 3 }
            let refused = try await bed.chat(key: key)
            #expect(refused.status == 429)
            #expect(refused.errorMessage.contains("1 requests in flight at once"))
            #expect(refused["retry-after"] == "1")
            await client.close()
            try await bed.settled()
            holds.set(false)
            try await #expect(bed.chat(key: key).status == 200)
            try await bed.settled()
            let id = try #require(KeySecret.identifier(in: key))
            #expect(bed.application.operations.accounts.account(of: id)?.inUse.requests == 0)
        }
        await upstream.stop()
    }

    @Test("P31: over several event loops no more requests are in flight than the key may have, and none is left over")
    func loops() async throws {
        try await GatewayBed.run(.init { $0.threads = 3 }) { bed in
            let key = try await GatewayBed.makeKey(
                bed.application, limits: KeyLimitsOrder(tpm: "1000000", concurrent: "4"))
            let id = try #require(KeySecret.identifier(in: key))
            let account = try #require(bed.application.operations.accounts.account(of: id))
            let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
                for number in 0..<12 {
                    group.addTask {
                        var statuses: [Int] = []
                        for round in 0..<8 {
                            if (number + round).isMultiple(of: 5) {
                                // Gone before the answer.
                                let client = try await bed.connect()
                                try await client.send(bed.request(GatewayBed.streamBody, key: key))
                                await client.close()
                            } else {
                                statuses.append(try await bed.chat(key: key).status)
                            }
                            #expect(account.inUse.requests <= 4)
                        }
                        return statuses
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(statuses).isSubset(of: [200, 429]))
            #expect(statuses.contains(200))
            try await bed.settled()
            #expect(account.inUse.requests == 0)
            #expect(account.inUse.tokens == 0)
            let metrics = await bed.application.server.metrics()
            let ended = metrics.placements.values.reduce(0, +) + metrics.refusals.values.reduce(0, +)
            #expect(metrics.accepted == ended)
        }
    }

    @Test("asks for its models alone, and the list of models shows no other")
    func models() async throws {
        try await GatewayBed.run { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(models: "o4-*,gp"))
            let refused = try await bed.chat(key: key)
            #expect(refused.status == 403)
            #expect(refused.errorCode == "model_not_allowed")
            #expect(refused["x-should-retry"] == "false")
            #expect(try await bed.refusals(1).map(\.reason) == ["model-not-allowed"])
            let list = try await bed.get("/v1/models", headers: ["authorization: Bearer \(key)"])
            #expect(list.body == #"{"object":"list","data":[]}"#)
            try await #expect(bed.get("/v1/models/gpt", headers: ["authorization: Bearer \(key)"]).status == 404)
            try await #expect(bed.get("/v1/models/gpt", headers: ["authorization: Bearer \(bed.key)"]).status == 200)
        }
    }

    @Test("is known to every event loop when its command ends, also where many are made and revoked at once")
    func atOnce() async throws {
        try await GatewayBed.run { bed in
            try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        let key = try await GatewayBed.makeKey(bed.application)
                        let id = try #require(KeySecret.identifier(in: key))
                        let client = try await bed.connect()
                        try await client.send(bed.request(key: key))
                        try await #expect(client.answer().status == 200)
                        _ = try await bed.order(.revokeKey(id))
                        try await client.send(bed.request(key: key))
                        try await #expect(client.answer().status == 401)
                        await client.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("is changed while it is used, and a change reaches connections that are open")
    func changed() async throws {
        try await GatewayBed.run { bed in
            let key = try await GatewayBed.makeKey(bed.application)
            let id = try #require(KeySecret.identifier(in: key))
            let client = try await bed.connect()
            try await client.send(bed.request(key: key))
            try await #expect(client.answer().status == 200)
            _ = try await bed.order(.setKey(id: id, KeyLimitsOrder(models: "other")))
            try await client.send(bed.request(key: key))
            try await #expect(client.answer().status == 403)
            _ = try await bed.order(.setKey(id: id, KeyLimitsOrder(models: "none", rpm: "100")))
            try await client.send(bed.request(key: key))
            let answer = try await client.answer()
            #expect(answer.status == 200)
            #expect(answer["x-ratelimit-remaining-requests"] == "99")
            await client.close()
            await #expect(throws: ServiceError.self) {
                try await bed.order(.setKey(id: "none", KeyLimitsOrder(rpm: "1")))
            }
            await #expect(throws: ServiceError.self) {
                try await bed.order(.setKey(id: id, KeyLimitsOrder(budget: "a lot")))
            }
        }
    }
}
