// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("explain")
struct ExplainCommandTests {
    @Test("a hypothetical request is explained from a configuration, with the clause's words")
    func hypothetical() async throws {
        let recording = try await Recording.shared
        let run = try await concordat("explain", "--config", recording.configuration, "--model", "gpt-5").expect(0)
        #expect(run.output.contains("1. gpt-5-azure on azure"))
        #expect(run.output.contains("\"Azure is tried first.\""))
        #expect(run.output.contains("The agreement, section 1"))
        #expect(!run.output.contains("gpt-5-aws on aws, on the ground"))
    }

    @Test("before the agreement's first day nothing binds the request")
    func earlier() async throws {
        let recording = try await Recording.shared
        let run = try await concordat(
            "explain", "--config", recording.configuration, "--model", "gpt-5", "--at", "2025-12-31T00:00:00Z"
        ).expect(0)
        #expect(run.output.contains("gpt-5-aws on aws"))
        #expect(!run.output.contains("Azure is tried first."))
    }

    @Test("a recorded request is explained from the folder, each decision in its turn")
    func recorded() async throws {
        let recording = try await Recording.shared
        let arguments = ["explain", "--data", recording.data, "--request", recording.spilled]
        let run = try await concordat(arguments).expect(0)
        #expect(run.output.contains("Request \(recording.spilled), decision 1"))
        #expect(run.output.contains("on the ground capacity"))
        let rows = try await concordat(arguments + ["--json"]).expect(0).rows
        #expect(rows.count >= 1)
        for row in rows {
            let keys = Set(row.keys)
            let documented: Set = [
                "request", "number", "at", "now", "revision", "isObserved", "workload", "features", "outcome",
                "clauses", "deployments", "established", "missing", "evidence", "validUntil",
            ]
            #expect(keys.isSuperset(of: documented), "\(documented.subtracting(keys))")
        }
        #expect(rows.last?["established"] as? [String] == ["capacity"])
    }

    @Test("a model that nobody serves is refused as not configured, which is an answer")
    func unknownModel() async throws {
        let recording = try await Recording.shared
        let run = try await concordat("explain", "--data", recording.data, "--model", "gpt-9").expect(0)
        #expect(run.output.contains("It is refused: "))
    }

    @Test("a request that the ledger does not have is a no, and an instant that is none is wrong usage")
    func refusals() async throws {
        let recording = try await Recording.shared
        let prefix = recording.primary.prefix { $0 != "-" }
        try await concordat("explain", "--data", recording.data, "--request", "\(prefix)-1-999999")
            .expectComplaint(1, "has no request")
        try await concordat("explain", "--data", recording.data, "--model", "gpt-5", "--at", "yesterday")
            .expectComplaint(2, "--at is a day such as 2026-04-27, or an instant such as", "'yesterday'")
    }
}
