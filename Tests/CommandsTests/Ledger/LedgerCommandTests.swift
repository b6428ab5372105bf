// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("ledger")
struct LedgerCommandTests {
    @Test("a request is shown with its decisions and its placement")
    func show() async throws {
        let recording = try await Recording.shared
        let arguments = ["ledger", "show", recording.spilled, "--data", recording.data]
        let text = try await concordat(arguments).expect(0).output
        #expect(text.contains("capacity"))
        #expect(text.contains("gpt-5-aws on aws"))
        let rows = try await concordat(arguments + ["--json"]).expect(0).rows
        #expect(rows.allSatisfy { $0["request"] as? String == recording.spilled })
        #expect(rows.allSatisfy { Set($0.keys).isSuperset(of: ["index", "type", "at"]) })
        #expect(rows.first?["type"] as? String == "decision")
        let placement = try #require(rows.last)
        #expect(placement["type"] as? String == "placement")
        #expect(placement["outcome"] as? String == "served")
        #expect(placement["ground"] as? String == "capacity")
        #expect(placement["clause"] as? String == "acme-microsoft/azure-first")
        #expect(placement["spill"] as? String == "yes")
    }

    @Test("an entry is shown by its index, and one beyond the end is a no")
    func index() async throws {
        let recording = try await Recording.shared
        let rows = try await concordat("ledger", "show", "0", "--json", "--data", recording.data).expect(0).rows
        #expect(rows.count == 1)
        #expect(rows.first?["type"] as? String == "started")
        try await concordat("ledger", "show", "999999", "--data", recording.data).expectComplaint(
            1, "has nothing of 999999")
        try await concordat("ledger", "show", "first", "--data", recording.data).expectComplaint(
            2, "neither a request's identifier")
    }

    @Test("requests are listed newest first, all or those that spilled")
    func list() async throws {
        let recording = try await Recording.shared
        let all = try await concordat("ledger", "list", "--json", "--data", recording.data).expect(0).rows
        #expect(all.map { $0["decision"] as? String } == [recording.streamed, recording.spilled, recording.primary])
        for row in all {
            let documented: Set = [
                "decision", "at", "model", "product", "outcome", "cloud", "ground", "clause", "promptTokens",
                "completionTokens", "basis", "status", "migration",
            ]
            #expect(Set(row.keys) == documented)
            #expect(row["basis"] as? String == "reported")
        }
        let spills = try await concordat("ledger", "list", "--spills", "--json", "--data", recording.data).expect(0)
            .rows
        #expect(spills.contains { $0["decision"] as? String == recording.spilled })
        #expect(spills.allSatisfy { $0["cloud"] as? String == "aws" })
        let one = try await concordat("ledger", "list", "--limit", "1", "--json", "--data", recording.data).expect(0)
            .rows
        #expect(one.count == 1)
        let none = try await concordat("ledger", "list", "--outcome", "refused", "--json", "--data", recording.data)
            .expect(0)
        #expect(try none.rows.isEmpty)
        let table = try await concordat("ledger", "list", "--data", recording.data).expect(0).output
        #expect(table.hasPrefix("decision"))
        #expect(table.contains(recording.primary))
    }

    @Test("the capacity window that the spill rests on is listed")
    func windows() async throws {
        let recording = try await Recording.shared
        let rows = try await concordat("ledger", "list", "--windows", "--json", "--data", recording.data).expect(0).rows
        let row = try #require(rows.first)
        #expect(Set(row.keys).isSuperset(of: ["evidence", "lane", "opened", "signals"]))
        #expect((row["lane"] as? String)?.contains("azure") == true)
    }
}
