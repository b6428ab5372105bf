// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("A virtual key with a budget")
struct KeyBudgetTests {
    /// One dollar a token, so that sums are read at a glance: an answer's 7 and 5 tokens cost 12 dollars.
    private static func dollarAToken() throws -> TokenPrice {
        TokenPrice(
            currency: try #require(Currency(code: "USD")), input: 1_000_000_000_000_000,
            cachedInput: 1_000_000_000_000_000, output: 1_000_000_000_000_000)
    }

    private static func setup(_ upstream: RecordingUpstream, folder: String? = nil) throws -> GatewayBed.Setup {
        let price = try dollarAToken()
        return .primary(at: upstream) { setup in
            setup.clouds = ["azure"]
            setup.prices = ["azure": price]
            setup.folder = folder
        }
    }

    private static func spent(_ bed: GatewayBed, _ key: String) throws -> String {
        let id = try #require(KeySecret.identifier(in: key))
        let balance = bed.application.operations.accounts.account(of: id)?.balance(at: bed.application.node.clock.now())
        let amount = MoneyAmount(
            femtoUnits: try #require(balance).spentThisMonth, currency: try #require(Currency(code: "USD")))
        #expect(balance?.reserved == 0)
        return amount.description
    }

    @Test("P31: spends no more than it may, and what it used is what the upstream said")
    func spending() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(Self.setup(upstream)) { bed in
            // A request may cost 4 + 5 dollars and costs 12; after three of them 4 dollars are left.
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(budget: "40 USD/month"))
            for _ in 0..<3 {
                try await #expect(bed.chat(key: key).status == 200)
                try await bed.settled()
            }
            try #expect(Self.spent(bed, key) == "36 USD")
            let refused = try await bed.chat(key: key)
            #expect(refused.status == 429)
            #expect(refused.errorCode == "insufficient_quota")
            #expect(refused["x-should-retry"] == "false")
            #expect(refused["retry-after"] == nil)
            #expect(refused.errorMessage.contains("40 USD a month"))
            #expect(try await bed.refusals(1).map(\.reason) == ["budget"])
            // More money lets it go on; what was spent stays.
            let id = try #require(KeySecret.identifier(in: key))
            _ = try await bed.order(.setKey(id: id, KeyLimitsOrder(budget: "100 USD/month")))
            try await #expect(bed.chat(key: key).status == 200)
            try await bed.settled()
            try #expect(Self.spent(bed, key) == "48 USD")
        }
        await upstream.stop()
    }

    @Test("P28: what was spent survives a restart, and a budget that is given later counts what went before")
    func restart() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        var keys: [String] = []
        try await GatewayBed.run(Self.setup(upstream, folder: folder)) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(budget: "40 USD/month"))
            let other = try await GatewayBed.makeKey(bed.application)
            for _ in 0..<2 { try await #expect(bed.chat(key: key).status == 200) }
            try await #expect(bed.chat(key: other).status == 200)
            try await bed.settled()
            let id = try #require(KeySecret.identifier(in: other))
            _ = try await bed.order(.setKey(id: id, KeyLimitsOrder(budget: "20 USD/day")))
            try #expect(Self.spent(bed, other) == "12 USD")
            keys = [key, other]
        }
        try await GatewayBed.run(Self.setup(upstream, folder: folder)) { bed in
            try #expect(Self.spent(bed, keys[0]) == "24 USD")
            try #expect(Self.spent(bed, keys[1]) == "12 USD")
            try await #expect(bed.chat(key: keys[1]).errorCode == "insufficient_quota")
        }
        await upstream.stop()
    }

    @Test("embeddings are reckoned with as what they are: a prompt, and no completion")
    func embeddings() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(200, OperationText.embedding))]
        }
        try await GatewayBed.run(Self.setup(upstream)) { bed in
            let key = try await GatewayBed.makeKey(
                bed.application, limits: KeyLimitsOrder(tpm: "100", budget: "40 USD/month"))
            let body = #"{"model":"gpt","input":"Good day to you"}"#
            let answer = try await bed.send(bed.request(body, key: key, path: "/v1/embeddings"))
            #expect(answer.status == 200)
            try await bed.settled()
            try #expect(Self.spent(bed, key) == "6 USD")
        }
        await upstream.stop()
    }

    @Test("several prompts of one completion are set aside for, each with its answers")
    func prompts() async throws {
        try await GatewayBed.run(Self.setup(try await RecordingUpstream.start { _, _ in [] })) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(tpm: "100"))
            let body = #"{"model":"gpt","max_tokens":20,"n":2,"prompt":["a","b","c"]}"#
            let answer = try await bed.send(bed.request(body, key: key, path: "/v1/completions"))
            #expect(answer.status == 429)
            #expect(answer.errorCode == "rate_limit_exceeded")
            // Two answers of twenty tokens to each of three prompts are beyond any minute.
            #expect(answer["x-should-retry"] == "false")
        }
    }

    @Test("P30: is refused where a deployment of the model has no price, since unknown is not free")
    func unpriced() async throws {
        let price = try Self.dollarAToken()
        try await GatewayBed.run(.init { $0.prices = ["azure": price] }) { bed in
            let key = try await GatewayBed.makeKey(bed.application, limits: KeyLimitsOrder(budget: "40 USD/month"))
            let refused = try await bed.chat(key: key)
            #expect(refused.status == 403)
            #expect(refused.errorCode == "model_unpriced")
            #expect(try await bed.refusals(1).map(\.reason) == ["unpriced"])
            // Keys without a budget need no price.
            try await #expect(bed.chat().status == 200)
        }
    }
}
