// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("keys")
struct KeysCommandTests {
    @Test("a key is made, listed without its secret and revoked once, with no gateway running")
    func offline() async throws {
        let folder = try await Recording.shared.copy()
        let data = ["--data", folder.path("data")]
        let made = try await concordat(
            ["keys", "new", "search", "--product", "search", "--label", "team=search", "--json"] + data
        ).expect(0).object
        let id = try #require(made["id"] as? String)
        let text = try #require(made["key"] as? String)
        #expect(Set(made.keys) == ["id", "key"])
        #expect(text.hasPrefix("cck_\(id)_"))

        let list = try await concordat(["keys", "list", "--json"] + data).expect(0)
        #expect(!list.output.contains(text))
        let row = try #require(try list.rows.first { $0["id"] as? String == id })
        #expect(Set(row.keys).isSuperset(of: ["id", "name", "tenant", "dimensions", "labels", "created"]))
        #expect(row["dimensions"] as? [String: String] == ["product": "search"])
        #expect(row["labels"] as? [String: String] == ["team": "search"])
        #expect(row["revoked"] == nil)

        try await concordat(["keys", "revoke", id] + data).expect(0)
        try await concordat(["keys", "revoke", id] + data).expectComplaint(1, "no key \(id)", "keys list")
        let revoked = try await concordat(["keys", "list", "--json"] + data).expect(0).rows
        #expect(revoked.first { $0["id"] as? String == id }?["revoked"] is String)
        try await concordat(["keys", "set", id, "--rpm", "1"] + data).expectComplaint(1, "no key \(id)", "revoked")
        let table = try await concordat(["keys", "list"] + data).expect(0)
        #expect(table.output.contains("product=search"))
    }

    @Test("what a key may use is set when it is made, changed by name, taken away with none, and listed")
    func limits() async throws {
        let folder = try await Recording.shared.copy()
        let data = ["--data", folder.path("data")]
        let made = try await concordat(
            [
                "keys", "new", "search", "--models", "gpt-5, o4-*", "--rpm", "60", "--tpm", "90000", "--concurrent",
                "8", "--budget", "50 USD/month", "--json",
            ] + data
        ).expect(0).object
        let id = try #require(made["id"] as? String)
        func limits() async throws -> [String: Any] {
            let rows = try await concordat(["keys", "list", "--json"] + data).expect(0).rows
            return try #require(rows.first { $0["id"] as? String == id }?["limits"] as? [String: Any])
        }
        var now = try await limits()
        #expect(now["models"] as? [String] == ["gpt-5", "o4-*"])
        #expect(now["rpm"] as? Int == 60)
        #expect(now["tpm"] as? Int == 90_000)
        #expect(now["concurrent"] as? Int == 8)
        #expect(now["budget"] as? String == "50 USD/month")
        let set = try await concordat(["keys", "set", id, "--rpm", "120", "--budget", "none"] + data).expect(0)
        #expect(set.output == "\(id): models=gpt-5,o4-* rpm=120 tpm=90000 concurrent=8\n")
        now = try await limits()
        #expect(now["rpm"] as? Int == 120)
        #expect(now["tpm"] as? Int == 90_000)
        #expect(now["budget"] == nil)
        let table = try await concordat(["keys", "list"] + data).expect(0)
        #expect(table.output.contains("models=gpt-5,o4-* rpm=120"))
        try await concordat(["keys", "set", id] + data).expectComplaint(2, "Say what shall change")
    }

    @Test("a lost pepper is not replaced while keys were made under it")
    func lostPepper() async throws {
        let folder = try await Recording.shared.copy()
        try await concordat("keys", "new", "search", "--data", folder.path("data")).expect(0)
        try FileManager.default.removeItem(atPath: folder.path("data/keys/pepper.secret"))
        try await concordat("keys", "new", "other", "--data", folder.path("data"))
            .expectComplaint(3, "pepper.secret is missing", "restore it from a backup")
    }

    @Test("the key alone is on standard output, so that a script can take it")
    func plain() async throws {
        let folder = try await Recording.shared.copy()
        let run = try await concordat("keys", "new", "plain", "--data", folder.path("data")).expect(0)
        #expect(run.output.split(separator: "\n").count == 1)
        #expect(run.errors.contains("only time"))
    }

    @Test(
        "what a key can't hold is refused",
        arguments: [
            (["a", "--deadline", "0"], "1 to 86400 seconds"), (["a", "--surface", "web"], "no surface 'web'"),
            (["", "--product", "x"], "needs a name"),
            (["a", "--tenant", String(repeating: "x", count: 129)], "at most 128 bytes"),
            (["a\u{7}"], "control characters"), (["a", "--rpm", "0"], "no value of --rpm"),
            (["a", "--tpm", "1k"], "no value of --tpm"), (["a", "--concurrent", "-1"], "--concurrent"),
            (["a", "--budget", "50 USD"], "50 USD/month"), (["a", "--models", "a,,b"], "no list of models"),
            (["a", "--models", "a*b"], "no list of models"),
        ])
    func refused(arguments: [String], words: String) async throws {
        let folder = try await Recording.shared.copy()
        let run = try await concordat(["keys", "new"] + arguments + ["--data", folder.path("data")])
        run.expectComplaint(2, words)
    }

    @Test("through a running gateway a key serves at once, and is refused with 401 at once when it is revoked")
    func running() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        let gateway = try await bed.serve()
        let key = try await bed.newKey()
        #expect(await gateway.chat(key: key).status == 200)
        #expect(await gateway.chat(key: key + "x").status == 401)
        let id = try #require(key.split(separator: "_").dropFirst().first.map(String.init))
        try await concordat("keys", "revoke", id, "--data", bed.data).expect(0)
        let answer = await gateway.chat(key: key)
        #expect(answer.status == 401)
        #expect(answer.headers["x-should-retry"] == "false")
        #expect(await gateway.process.stop() == 0)
        await bed.end()
    }
}
