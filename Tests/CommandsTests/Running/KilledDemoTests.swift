// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("A demonstration that is killed", .serialized)
struct KilledDemoTests {
    @Test("kill -9 at any moment leaves a ledger that verifies")
    func killed() async throws {
        var random = SeededRandom()
        print("kill -9 of the demonstration: CONCORDAT_SEED=\(random.seed)")
        for _ in 0..<(Concordat.isLong ? 20 : 2) {
            let folder = try TemporaryFolder()
            let demo = try ChildProcess(["demo", "--data", folder.path("data"), "--requests", "3000", "--speed", "60"])
            _ = try await demo.word(after: "Gateway    ")
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...2_000, using: &random)))
            await demo.kill()
            let run = try await concordat("verify", "--decisions", "--json", "--data", folder.path("data")).expect(0)
            #expect(try run.object["intact"] as? Bool == true)
        }
    }

    @Test("a short demonstration is accounted for, verifies, and says so in JSON")
    func whole() async throws {
        let folder = try TemporaryFolder()
        let run = try await concordat(
            "demo", "--data", folder.path("data"), "--requests", "60", "--speed", "60", "--json"
        ).expect(0)
        let report = try run.object
        let documented: Set = [
            "sent", "answers", "brokenOff", "retryAfterMilliseconds", "medianMilliseconds", "p99Milliseconds",
            "accepted", "placements", "refusals", "spills", "departures", "byCloud", "spillsByGround",
            "refusalsByReason", "tokens", "windowsOpened", "windowsClosed", "ledgerEntries", "ledgerBytes", "root",
            "isVerified", "decisionsRepeated", "findings", "seconds",
        ]
        #expect(Set(report.keys) == documented)
        #expect(report["sent"] as? Int == 60)
        #expect(report["accepted"] as? Int == 60)
        #expect(report["isVerified"] as? Bool == true)
        try await concordat("verify", "--decisions", "--data", folder.path("data")).expect(0)
    }
}
