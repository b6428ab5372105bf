// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

@Suite("A gateway that is killed", .serialized)
struct KilledGatewayTests {
    /// How many clients send at once.
    private static let clients = 8

    @Test("P28: kill -9 amid traffic loses nothing that a client has seen, and the next start settles the rest")
    func killed() async throws {
        var random = SeededRandom()
        print("kill -9 of the gateway: CONCORDAT_SEED=\(random.seed)")
        let bed = try await TestBed.start(azureTokensPerMinute: 300, interTokenMilliseconds: 1)
        var seen: Set<String> = []
        for round in 0..<(Concordat.isLong ? 50 : 5) {
            let gateway = try await bed.serve()
            let key = try await bed.newKey("round \(round)")
            let traffic = Traffic(gateway: gateway, key: key, clients: Self.clients, random: &random)
            await traffic.answers(Int.random(in: 1...60, using: &random))
            await gateway.process.kill()
            let decisions = await traffic.end()
            seen.formUnion(decisions)

            let result = try await Self.verify(bed)
            #expect(result.accepted >= seen.count, "round \(round): the log has fewer requests than clients have seen")
            #expect(result.accepted == result.ended + result.open)
            try await concordat("ledger", "list", "--json", "--data", bed.data).expect(0)
            if let one = decisions.sorted().randomElement(using: &random) {
                try await concordat("ledger", "show", one, "--data", bed.data).expect(0)
            }
        }
        #expect(!seen.isEmpty)

        // The last start settles what the last kill left open; then everything that was seen is listed.
        let gateway = try await bed.serve()
        let key = try await bed.newKey("after")
        #expect(await gateway.chat(key: key).status == 200)
        let exitCode = await gateway.process.stop()
        #expect(exitCode == 0, "\(gateway.process.output)")
        let result = try await Self.verify(bed)
        #expect(result.open == 0)
        let rows = try await concordat("ledger", "list", "--limit", "100000", "--json", "--data", bed.data).expect(0)
            .rows
        let listed = Set(rows.compactMap { $0["decision"] as? String })
        #expect(seen.subtracting(listed).isEmpty, "seen by clients and not listed: \(seen.subtracting(listed))")
        #expect(listed.count == result.accepted)
        #expect(rows.allSatisfy { $0["outcome"] as? String != "in flight" })
        #expect(rows.contains { $0["outcome"] as? String == "interrupted" })
        #expect(rows.contains { $0["cloud"] as? String == "aws" }, "nothing spilled")
        print("  \(seen.count) requests seen by clients, \(result.accepted) in the ledger")
        await bed.end()
    }

    @Test("SIGTERM in the middle of streams lets them end, and the closing checkpoint covers everything")
    func drained() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000, interTokenMilliseconds: 10)
        let gateway = try await bed.serve()
        let key = try await bed.newKey()
        let (heads, head) = AsyncStream.makeStream(of: String.self)
        let calls = (0..<Self.clients).map { _ in
            ChatCall(port: gateway.port, key: key, body: ChatCall.body(tokensMax: 100, isStream: true))
        }
        let answers = try await withThrowingTaskGroup(of: ChatCall.Answer.self) { group in
            for call in calls {
                group.addTask {
                    let answer = await call.send { head.yield($0.decision ?? "") }
                    if answer.status == 0 { head.finish() }
                    return answer
                }
            }
            var begun = 0
            for await _ in heads {
                begun += 1
                if begun == calls.count { break }
            }
            gateway.process.signal(SIGTERM)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for answer in answers {
            #expect(answer.status == 200)
            #expect(answer.isWhole)
            #expect(answer.text.contains("data: [DONE]"))
        }
        let exitCode = await gateway.process.wait()
        #expect(exitCode == 0, "\(gateway.process.output)")
        #expect(await gateway.chat(key: key).status == 0, "something still listens")
        #expect(!FileManager.default.fileExists(atPath: bed.data + "/control.sock"))

        let result = try await Self.verify(bed)
        #expect(result.open == 0)
        #expect(result.accepted == calls.count)
        #expect(result.isClosed)
        let rows = try await concordat("ledger", "list", "--outcome", "served", "--json", "--data", bed.data).expect(0)
            .rows
        #expect(Set(rows.compactMap { $0["decision"] as? String }) == Set(answers.compactMap(\.decision)))
        await bed.end()
    }

    @Test("a second gateway on the same folder is refused, and the first goes on")
    func second() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        let gateway = try await bed.serve()
        let key = try await bed.newKey()
        try await concordat("serve", "--config", bed.configuration).expectComplaint(3, "in use by process", bed.data)
        #expect(await gateway.chat(key: key).status == 200)
        #expect(await gateway.process.stop() == 0)
        await bed.end()
    }

    @Test("a port that is taken is named, with what to do about it")
    func portTaken() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        let gateway = try await bed.serve()
        let text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
            .replacingOccurrences(of: "127.0.0.1:0", with: "127.0.0.1:\(gateway.port)")
            .replacingOccurrences(of: "data: data", with: "data: other")
        let file = try bed.folder.write(text, to: "other.yaml")
        let run = try await concordat("serve", "--config", file, "--log-level", "error")
        run.expectComplaint(3, "127.0.0.1:\(gateway.port)", "choose a free port")
        #expect(await gateway.process.stop() == 0)
        await bed.end()
    }

    /// What `verify --decisions` counted.
    private struct Verified {
        var accepted = 0
        var ended = 0
        var open = 0
        /// Whether the checkpoint covers every entry.
        var isClosed = false
    }

    private static func verify(_ bed: TestBed, sourceLocation: SourceLocation = #_sourceLocation) async throws
        -> Verified
    {
        let run = try await concordat("verify", "--decisions", "--json", "--data", bed.data)
        run.expect(0, sourceLocation: sourceLocation)
        let result = try run.object
        let counts = try #require(result["decisions"] as? [String: Int])
        return Verified(
            accepted: counts["accepted"] ?? -1, ended: (counts["placements"] ?? 0) + (counts["refusals"] ?? 0),
            open: counts["open"] ?? -1,
            isClosed: result["checkpointSize"] as? Int == result["entries"] as? Int
                && result["entriesAfterCheckpoint"] as? Int == 0)
    }
}

/// Clients that send one request after the other until the gateway is gone.
private struct Traffic {
    private let task: Task<Set<String>, Never>
    private let heads: AsyncStream<Void>

    init(gateway: RunningGateway, key: String, clients: Int, random: inout SeededRandom) {
        let choices = (0..<clients).map { _ in (0..<64).map { _ in UInt8.random(in: .min ... .max, using: &random) } }
        let (heads, head) = AsyncStream.makeStream(of: Void.self)
        self.heads = heads
        task = Task {
            defer { head.finish() }
            return await withTaskGroup(of: Set<String>.self) { group in
                for choices in choices {
                    group.addTask { await Self.send(choices, to: gateway, key: key) { head.yield() } }
                }
                return await group.reduce(into: []) { $0.formUnion($1) }
            }
        }
    }

    /// Waits until the heads of so many answers have come.
    func answers(_ count: Int) async {
        var left = count
        for await _ in heads {
            left -= 1
            if left == 0 { break }
        }
    }

    /// Waits until every client has noticed that the gateway is gone; the requests of which one saw a head.
    func end() async -> Set<String> { await task.value }

    private static func send(
        _ choices: [UInt8], to gateway: RunningGateway, key: String, onHead: @escaping @Sendable () -> Void
    ) async -> Set<String> {
        var seen: Set<String> = []
        var number = 0
        while true {
            let choice = choices[number % choices.count]
            number += 1
            let body = ChatCall.body(tokensMax: 8 + Int(choice % 32), isStream: choice % 2 == 0)
            let answer = await ChatCall(port: gateway.port, key: key, body: body).send { _ in onHead() }
            if let decision = answer.decision { seen.insert(decision) }
            guard answer.isWhole else { return seen }
        }
    }
}
