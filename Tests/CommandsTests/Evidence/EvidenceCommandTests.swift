// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("evidence")
struct EvidenceCommandTests {
    private static let who = ["--by", "ada", "--party", "acme"]

    private static func add(_ kind: String, _ rest: String..., to folder: TemporaryFolder) async throws -> CommandRun {
        try await concordat(["evidence", "add", kind] + rest + who + ["--data", folder.path("data")])
    }

    /// The grounds that an explanation says to hold.
    private static func grounds(_ explain: [String]) async throws -> [String] {
        let explanation = try await concordat(explain + ["--json"]).expect(0).rows.first
        return try #require(explanation?["established"] as? [String])
    }

    @Test("a decline with its paper is recorded, listed, explained by, and revoked once")
    func decline() async throws {
        let folder = try await Recording.shared.copy()
        let data = ["--data", folder.path("data")]
        let paper = try folder.write("We do not support vision.", to: "letter.txt")
        let added = try await Self.add(
            "decline", "--cloud", "azure", "--feature", "vision", "--document", paper, "--json", to: folder
        ).expect(0).object
        let number = try #require(added["number"] as? Int)

        let rows = try await concordat(["evidence", "list", "--json"] + data).expect(0).rows
        let row = try #require(rows.first { $0["number"] as? Int == number })
        let documented: Set = [
            "number", "kind", "recorded", "by", "party", "document", "documentSHA256", "stands", "summary",
        ]
        #expect(Set(row.keys).isSuperset(of: documented))
        #expect(row["kind"] as? String == "decline")
        #expect(row["document"] as? String == "letter.txt")
        #expect((row["documentSHA256"] as? String)?.count == 64)
        #expect(row["stands"] as? Bool == true)

        let explain = ["explain", "--model", "gpt-5", "--feature", "vision"] + data
        #expect(try await Self.grounds(explain).contains("declined"))

        let revoke = ["evidence", "revoke", String(number)] + Self.who + data
        try await concordat(revoke).expect(0)
        try await concordat(revoke).expectComplaint(1, "No standing evidence has the number \(number)", "evidence list")
        #expect(try await !Self.grounds(explain).contains("declined"))
        #expect(try await concordat(["evidence", "list"] + data).expect(0).output.contains("decline (revoked)"))
        try await concordat(["verify", "--decisions"] + data).expect(0)
    }

    @Test("a launch, an event and an override are recorded")
    func others() async throws {
        let folder = try await Recording.shared.copy()
        let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 3_600))
        try await Self.add("launch", "--cloud", "azure", "--model", "gpt-5", to: folder).expect(0)
        try await Self.add("event", "--agreement", "acme-microsoft", "--event", "exit", to: folder).expect(0)
        try await Self.add(
            "override", "--cloud", "aws", "--until", until, "--reason", "fire", "--second", "bob", to: folder
        ).expect(0)
        let list = try await concordat("evidence", "list", "--data", folder.path("data")).expect(0).output
        for words in [
            "gpt-5 generally available on azure", "acme-microsoft/exit declared", "override to aws",
            "by ada for acme and bob",
        ] {
            #expect(list.contains(words), "\(list)")
        }
        let explain = try await concordat("explain", "--model", "gpt-5", "--data", folder.path("data")).expect(0)
        #expect(explain.output.contains("gpt-5-aws on aws"))
    }

    /// An order that is refused, and the words of the refusal.
    struct Refusal: CustomTestStringConvertible, Sendable {
        var order: String
        var status: Int32
        var says: [String]

        var testDescription: String { order }
    }

    @Test(
        "what does not hold is refused, with what is known",
        arguments: [
            Refusal(
                order: "decline --cloud mars --feature vision --by ada --party acme", status: 2,
                says: ["no cloud 'mars'", "known are aws, azure"]),
            Refusal(
                order: "decline --cloud azure --feature magic --by ada --party acme", status: 2,
                says: ["no feature 'magic'", "json-schema"]),
            Refusal(
                order: "decline --cloud azure --feature vision --model gpt-9 --by ada --party acme", status: 2,
                says: ["'gpt-9'", "served are gpt-5"]),
            Refusal(
                order: "decline --cloud azure --feature vision --by ada --party acme"
                    + String(repeating: " --model gpt-5", count: 65), status: 2,
                says: ["at most 64 models", "a decline of their own"]),
            Refusal(
                order: "decline --cloud azure --feature vision --by ada --party nobody", status: 2,
                says: ["'nobody' is none of acme, microsoft"]),
            Refusal(
                order: "decline --cloud azure --feature vision --answered soon --by ada --party acme", status: 2,
                says: ["--answered is an instant such as", "'soon'"]),
            Refusal(
                order: "launch --cloud azure --model gpt-9 --by ada --party acme", status: 2,
                says: ["'gpt-9'", "served are gpt-5"]),
            Refusal(
                order: "event --agreement nothing --event exit --by ada --party acme", status: 2,
                says: ["--agreement", "adopted are: acme-microsoft"]),
            Refusal(
                order: "event --agreement acme-microsoft --event party --by ada --party acme", status: 2,
                says: ["no event 'party'", "exit"]),
            Refusal(
                order: "event --agreement acme-microsoft --event exit --step dreamt --by ada --party acme", status: 2,
                says: ["declared, verified or reversed", "'dreamt'"]),
            Refusal(
                order: "event --agreement acme-microsoft --event exit --step verified --by ada --party acme", status: 1,
                says: ["verified by microsoft, not by acme"]),
            Refusal(
                order: "override --cloud aws --until 2099-01-01T00:00:00Z --reason fire --by ada --party acme",
                status: 1, says: ["two persons", "--second"]),
            Refusal(
                order:
                    "override --cloud aws --until 2099-01-01T00:00:00Z --reason fire --by ada --party acme --second ada",
                status: 2, says: ["another one than 'ada'"]),
            Refusal(
                order:
                    "override --cloud aws --until 2099-01-01T00:00:00Z --reason fire --by ada --party acme --second bob",
                status: 1, says: ["at most 24 hours", "--until"]),
            Refusal(
                order:
                    "override --cloud aws --until 2020-01-01T00:00:00Z --reason fire --by ada --party acme --second bob",
                status: 1, says: ["at most 24 hours", "--until"]),
        ])
    func refused(refusal: Refusal) async throws {
        let folder = try await Recording.shared.copy()
        let order = refusal.order.split(separator: " ").map(String.init)
        let arguments = ["evidence", "add"] + order + ["--data", folder.path("data")]
        let run = try await concordat(arguments)
        run.expectComplaint(refusal.status)
        for words in refusal.says { #expect(run.errors.contains(words), "\(run.errors)") }
    }
}
