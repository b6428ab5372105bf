// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Limits of keys in a process of its own", .serialized)
struct KilledBudgetTests {
    @Test("P28: after kill -9 a key has spent what the ledger says, to the token")
    func killed() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000_000, interTokenMilliseconds: 1)
        // A cent a token.
        let text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
            .replacingOccurrences(
                of: "publisher: openai}", with: "publisher: openai, price: {input: 10000 USD, output: 10000 USD}}")
        try Data(text.utf8).write(to: URL(fileURLWithPath: bed.configuration))
        let first = try await bed.serve()
        let run = try await concordat("keys", "new", "k", "--budget", "100000 USD/month", "--data", bed.data)
        let key = run.expect(0).output.trimmingCharacters(in: .whitespacesAndNewlines)
        let id = try #require(key.split(separator: "_").dropFirst().first.map(String.init))
        for number in 0..<6 {
            #expect(await first.chat(key: key, tokensMax: 8, isStream: number.isMultiple(of: 2)).status == 200)
        }
        // Some are in flight when it dies.
        let calls = (0..<4).map { _ in
            ChatCall(port: first.port, key: key, body: ChatCall.body(tokensMax: 100_000, isStream: true))
        }
        let (heads, head) = AsyncStream.makeStream(of: Void.self)
        let flying = Task {
            await withTaskGroup(of: Void.self) { group in
                for call in calls { group.addTask { _ = await call.send { _ in head.yield() } } }
            }
            head.finish()
        }
        var begun = 0
        for await _ in heads {
            begun += 1
            if begun == calls.count { break }
        }
        await first.process.kill()
        await flying.value

        // The second start settles them as interrupted; the ledger then says what was used.
        let second = try await bed.serve()
        let rows = try await concordat("ledger", "list", "--limit", "1000", "--json", "--data", bed.data).expect(0).rows
        let tokens = rows.reduce(0) { sum, row in
            sum + (row["promptTokens"] as? Int ?? 0) + (row["completionTokens"] as? Int ?? 0)
        }
        #expect(tokens > 0)
        #expect(rows.count { $0["outcome"] as? String == "interrupted" } == calls.count)
        // A budget of what was spent and what one more request may cost lets that one in, a cent less does not.
        let demand = Self.promptTokens + 8
        func answer(cents: Int) async throws -> Int {
            let budget = "\(cents / 100).\(String(cents % 100 + 100).dropFirst()) USD/month"
            try await concordat("keys", "set", id, "--budget", budget, "--data", bed.data).expect(0)
            return await second.chat(key: key, tokensMax: 8).status
        }
        #expect(try await answer(cents: tokens + demand - 1) == 429)
        #expect(try await answer(cents: tokens + demand) == 200)
        #expect(await second.process.stop() == 0)
        await bed.end()
    }

    /// The prompt of `ChatCall.body` as the gateway reckons with it: 8 words and 7 spaces, at four bytes a token.
    private static let promptTokens = (8 * 4 + 7 + 3) / 4
}
