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
            "number", "kind", "recorded", "by", "party", "document", "documentSHA256", "attestedBy", "recordersMissing",
            "isRevoked", "stands", "summary",
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
            "gpt-5 general-availability on azure", "acme-microsoft/exit declared", "override to aws",
            "by ada for acme and bob",
        ] {
            #expect(list.contains(words), "\(list)")
        }
        let explain = try await concordat("explain", "--model", "gpt-5", "--data", folder.path("data")).expect(0)
        #expect(explain.output.contains("gpt-5-aws on aws"))
    }

    @Test("an offer and its answer, a reading, a notice, support and a migration are recorded and listed by kind")
    func newerKinds() async throws {
        let folder = try await Recording.shared.copy()
        let data = ["--data", folder.path("data")]
        let file = try folder.write(
            """
            agreement: capacity
            timezone: America/Los_Angeles
            parties: {acme: {name: Acme}, microsoft: {name: Microsoft}}
            clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
            instruments:
              - id: signed
                kind: agreement
                effective: 2026-01-01
                clauses:
                  - {id: look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, response_window: 10d}
                  - {id: compute, kind: limit, meter: flops, of: Compute., at_most: 1e26 FLOP, on_missing: permit}

            """, to: "capacity.yaml")
        try await concordat(["agreement", "adopt", file] + data).expect(0)
        let paper = try folder.write("2 GW in Ohio.", to: "offer.txt")
        let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 3_600))
        try await Self.add("support", "--cloud", "azure", "--feature", "vision", to: folder).expect(0)
        try await Self.add(
            "launch", "--cloud", "azure", "--model", "gpt-5", "--milestone", "handed-over", to: folder
        ).expect(0)
        try await Self.add(
            "offer", "--agreement", "capacity", "--clause", "look", "--offer", "ohio", "--quantity", "2 GW",
            "--document", paper, to: folder
        ).expect(0)
        try await concordat(
            ["evidence", "add", "answer", "--agreement", "capacity", "--offer", "ohio", "--answer", "declined"]
                + ["--by", "max", "--party", "microsoft"] + data
        ).expect(0)
        try await Self.add("reading", "--meter", "flops", "--value", "1e25 FLOP", "--until", until, to: folder)
            .expect(0)
        try await Self.add(
            "notice", "--agreement", "capacity", "--on", "microsoft", "--about", "We build in Ohio.", to: folder
        ).expect(0)
        let migration = ["evidence", "add", "migration"]
        try await concordat(
            migration + ["open", "exodus", "--from", "azure", "--to", "aws", "--ground", "carve-out"]
                + ["--percent", "10", "--return-when", "capacity is back"] + Self.who + data
        ).expect(0)
        try await concordat(
            migration + ["move", "exodus", "--percent", "40", "--at", until] + Self.who + data
        ).expect(0)
        let list = try await concordat(["evidence", "list"] + data).expect(0).output
        for words in [
            "azure supports vision", "gpt-5 handed-over on azure", "offer ohio of 2 GW under capacity/look",
            "offer ohio under capacity declined", "meter flops showed 1e25 FLOP",
            "notice under capacity served on microsoft", "migration exodus moves 40 percent",
        ] {
            #expect(list.contains(words), "\(list)")
        }
        let answers = try await concordat(["evidence", "list", "--kind", "offer-answer", "--json"] + data).expect(0)
            .rows
        #expect(answers.map { $0["kind"] as? String } == ["offer-answer"])
        try await #expect(
            concordat(["evidence", "list", "--open"] + data).expect(0).output == "Nothing waits for a recorder.\n")
        try await concordat(["evidence", "list", "--kind", "rumour"] + data).expectComplaint(
            2, "There is no evidence of kind 'rumour'; the kinds are decline, launch")
        try await concordat(["verify", "--decisions"] + data).expect(0)
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
                says: ["at most 64 models", "a record of their own"]),
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
                says: ["declared, verified, challenged, reversed", "'dreamt'"]),
            Refusal(
                order: "event --agreement acme-microsoft --event exit --step verified --by ada --party acme", status: 1,
                says: ["verified by microsoft, not by acme"]),
            Refusal(
                order: "override --cloud aws --from 2099-01-01T00:00:00Z --until 2099-01-01T01:00:00Z --reason fire "
                    + "--by ada --party acme",
                status: 1, says: ["two persons", "--second"]),
            Refusal(
                order: "launch --cloud azure --model gpt-5 --by ada --party acme --recorder ann", status: 2,
                says: ["--recorder says whose one signature is", "--sign-with"]),
            Refusal(
                order: "launch --cloud azure --model gpt-5 --by ada --party acme --signature c2hvcnQ=", status: 2,
                says: ["--signature is an Ed25519 signature in Base64, 64 bytes, not 'c2hvcnQ='"]),
            Refusal(
                order: "launch --cloud azure --model gpt-5 --by ada --party acme --sign-with missing.pem", status: 2,
                says: ["The key missing.pem can't be read"]),
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
                status: 1, says: ["not after it begins", "--until"]),
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
