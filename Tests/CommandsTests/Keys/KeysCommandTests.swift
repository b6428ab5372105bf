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
        let table = try await concordat(["keys", "list"] + data).expect(0)
        #expect(table.output.contains("product=search"))
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
            (["a\u{7}"], "control characters"),
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
