// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("check")
struct CheckCommandTests {
    @Test("a good agreement is fine, and its clauses in force are listed")
    func good() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(TestBed.agreement, to: "agreement.yaml")
        let run = try await concordat("check", file).expect(0)
        #expect(run.output.contains("agreement acme-microsoft, 1 instrument, no errors"))
        #expect(run.output.contains("in force  azure-first (primary-cloud), from 2026-01-01T08:00:00Z to open"))
        #expect(try await concordat("check", "--json", file).expect(0).rows.isEmpty)
    }

    @Test("the agreements that come with Concordat have no errors")
    func shipped() async throws {
        let folder = Concordat.root.appendingPathComponent("agreements")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(!names.isEmpty)
        try await concordat(["check"] + names.map { folder.appendingPathComponent($0).path }).expect(0)
    }

    @Test("everything that is wrong is said, with its place and how to mend it, and the exit code is 1")
    func bad() async throws {
        let folder = try TemporaryFolder()
        let text = TestBed.agreement
            .replacingOccurrences(of: "meaning: try-first", with: "meaning: try-frist")
            .replacingOccurrences(of: "timezone: America/Los_Angeles", with: "timezone: Mars/Olympus")
        let file = try folder.write(text, to: "agreement.yaml")
        let run = try await concordat("check", file).expect(1)
        #expect(run.output.contains("agreement.yaml:3:"))
        #expect(run.output.contains("Mars/Olympus"))
        #expect(run.output.contains("try-frist"))
        #expect(run.output.components(separatedBy: "help: ").count == 3)
        let rows = try await concordat("check", "--json", file).expect(1).rows
        #expect(rows.count == 2)
        for row in rows {
            #expect(
                Set(row.keys) == [
                    "severity", "code", "file", "line", "column", "offending", "message", "expected", "mend",
                ])
        }
    }

    @Test("agreements that contradict each other fail, with a request that shows it")
    func contradiction() async throws {
        let folder = try TemporaryFolder()
        let one = try folder.write(AgreementSample.exclusive(id: "one", cloud: "azure"), to: "one.yaml")
        let other = try folder.write(AgreementSample.exclusive(id: "other", cloud: "aws"), to: "other.yaml")
        try await concordat("check", "--strict", one).expect(0)
        let run = try await concordat("check", one, other).expect(1)
        #expect(run.output.contains("[conflict]"))
        #expect(run.output.contains("witness: "))
        let rows = try await concordat("check", "--json", one, other).expect(1).rows
        #expect(rows.contains { $0["code"] as? String == "conflict" })
        // Two versions of one agreement are no two agreements.
        let version = try folder.write(AgreementSample.exclusive(id: "one", cloud: "aws"), to: "version.yaml")
        try await concordat("check", one, version).expect(0)
    }

    @Test("what is only doubtful fails where it is asked to")
    func strict() async throws {
        let folder = try TemporaryFolder()
        let text = AgreementSample.exclusive(id: "one", cloud: "azure").replacingOccurrences(
            of: "cloud: azure}", with: "cloud: azure, applies_to: {all_of: [{product: a}, {product: b}]}}")
        let file = try folder.write(text, to: "one.yaml")
        let run = try await concordat("check", file).expect(0)
        #expect(run.output.contains("[empty-selector]"))
        try await concordat("check", "--strict", file).expect(1)
    }

    @Test("a good file beside a bad one does not make the bad one good")
    func mixed() async throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(TestBed.agreement, to: "good.yaml")
        let bad = try folder.write("agreement: [", to: "bad.yaml")
        let run = try await concordat("check", bad, good).expect(1)
        #expect(run.output.contains("bad.yaml:1:"))
        #expect(run.output.contains("good.yaml: agreement acme-microsoft"))
    }

    @Test(
        "no bytes crash the command",
        arguments: ["", "\u{0}", "a: &x [*x]", "- - - -", String(repeating: "[", count: 5_000), "agreement: \u{FEFF}"])
    func bytes(text: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await concordat("check", try folder.write(text, to: "agreement.yaml")).expect(1)
        #expect(run.output.contains("agreement.yaml:"))
    }
}
