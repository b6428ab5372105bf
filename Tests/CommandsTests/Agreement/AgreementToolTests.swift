// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("diff, render, timeline and schema")
struct AgreementToolTests {
    @Test("diff says what changed between two days of one agreement, and exits with 1")
    func twoDays() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        let run = try await concordat("diff", file, "--at", "2026-05-01", "--to", "2026-07-01").expect(1)
        #expect(run.output.contains("- one/host (exclusivity), ended by opened at 2026-06-01T07:00:00Z"))
        #expect(run.output.contains("+ one/home (primary-cloud), by opened"))
        #expect(run.output.contains("- azure alone (one/host)"))
        #expect(run.output.contains("+ azure, then every other cloud on capacity (one/home)"))
        #expect(run.output.contains("witness: "))
        let same = try await concordat("diff", file, "--at", "2026-07-01", "--to", "2026-08-01").expect(0)
        #expect(same.output.contains("No request is decided differently."))
    }

    @Test("diff of two files gives one JSON object with both sides, the redline and the decisions")
    func twoFiles() async throws {
        let folder = try TemporaryFolder()
        let old = try folder.write(AgreementSample.exclusive(id: "one", cloud: "azure"), to: "old.yaml")
        let new = try folder.write(AgreementSample.amended, to: "new.yaml")
        let run = try await concordat("diff", "--json", old, new).expect(1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["from", "to", "redline", "decisions", "refused"])
        #expect((object["decisions"] as? [Any])?.isEmpty == false)
        try await concordat("diff", old, old, "--at", "2026-03-01").expect(0)
    }

    @Test("diff refuses a file with errors, and a day that is none, by name")
    func badDiff() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        let bad = try folder.write("agreement: [", to: "bad.yaml")
        #expect(try await concordat("diff", file, bad).expect(1).errors.contains("bad.yaml:1:"))
        #expect(
            try await concordat("diff", file, file, "--at", "yesterday").expect(2).errors
                .contains("--at is a day such as 2026-04-27"))
    }

    @Test(
        "days beyond the years that dates may be in are refused by every tool",
        arguments: [
            "9999-12-31", "0001-01-01", "2201-01-01", "1899-12-31", "2262-01-01T00:00:00Z", "1700-01-01T00:00:00Z",
        ])
    func farDays(day: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        for arguments in [
            ["render", file], ["timeline", file], ["diff", file, file],
            ["explain", "--agreement", file, "--model", "m"],
        ] {
            let run = try await concordat(arguments + ["--at", day]).expect(2)
            #expect(run.errors.contains("of the years 1900 to 2200, not '\(day)'"), "\(run.errors)")
        }
    }

    @Test("render gives the text of a day in each form, and its YAML reads back to the same decisions")
    func render() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        let markdown = try await concordat("render", file, "--at", "2026-07-01").expect(0).output
        #expect(markdown.contains("### home"))
        #expect(!markdown.contains("### host"))
        #expect(markdown.contains("- spill_on: `capacity`"))
        let html = try await concordat("render", file, "--at", "2026-07-01", "--format", "html").expect(0).output
        #expect(html.hasPrefix("<!DOCTYPE html>"))
        #expect(html.contains("@media print"))
        #expect(!html.contains("<script"))
        let yaml = try await concordat("render", file, "--at", "2026-07-01", "--format", "yaml").expect(0).output
        let again = try folder.write(yaml, to: "again.yaml")
        let run = try await concordat("diff", file, again, "--at", "2026-07-01")
        #expect(run.output.contains("No request is decided differently."), "\(run.output)\(run.errors)")
        try await concordat("render", file, "--at", "2020-01-01", "--format", "yaml").expect(1)
    }

    @Test("timeline shows papers and clauses, what ends soon, and counts restructurings")
    func timeline() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        let text = try await concordat("timeline", file, "--at", "2026-05-20", "--within", "30").expect(0).output
        #expect(text.contains("2026-06-01 opened (amendment)"))
        #expect(text.contains("Ends within 30 days"))
        let summary = try await concordat("timeline", file, "--summary").expect(0).output
        #expect(summary.contains("1 restructuring"))
        let run = try await concordat("timeline", file, "--json", "--at", "2026-05-20").expect(0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let papers = try #require(object["instruments"] as? [[String: Any]])
        #expect(papers.map { $0["restructuring"] as? Bool } == [false, true])
        #expect((object["clauses"] as? [[String: Any]])?.map { $0["clause"] as? String } == ["host", "home"])
        #expect(try await concordat("timeline", file, "--within", "-1").expect(2).errors.contains("--within"))
    }

    @Test("schema prints the published schema")
    func schema() async throws {
        let text = try await concordat("schema").expect(0).output
        let published = try String(
            contentsOf: Concordat.root.appendingPathComponent("agreements/agreement.schema.json"), encoding: .utf8)
        #expect(text == published)
    }

    @Test("explain answers under agreement files alone, and as known at an earlier instant")
    func explain() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(AgreementSample.amended, to: "one.yaml")
        let early = try await concordat("explain", "--agreement", file, "--model", "m", "--at", "2026-05-01").expect(0)
        #expect(early.output.contains("one/host (exclusivity"))
        let late = try await concordat("explain", "--agreement", file, "--model", "m", "--at", "2026-07-01").expect(0)
        #expect(late.output.contains("one/home (primary-cloud"))
        #expect(late.output.contains("Grounds without evidence: capacity."))
        #expect(
            try await concordat("explain", "--agreement", file, "--config", "x", "--model", "m").expect(2).errors
                .contains("exclude each other"))
    }
}
