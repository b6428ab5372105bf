// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("evidence where recorders are configured")
struct AttestCommandTests {
    private static let who = ["--by", "ada", "--party", "acme"]

    /// A bed whose configuration names the recorders ann and bob, and their key files.
    private static func start() async throws -> (bed: TestBed, ann: String, bob: String) {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        var lines = "\nrecorders:\n"
        for name in ["ann", "bob"] {
            let file = bed.folder.path("\(name).pem")
            let made = try await concordat("recorders", "new", file, "--json").expect(0).object
            let key = try #require(made["publicKey"] as? String)
            lines += "  \(name):\n    public_key: \(key)\n    kinds: [override, launch]\n    parties: [acme]\n"
        }
        let text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
        try bed.folder.write(text + lines, to: "concordat.yaml")
        return (bed, bed.folder.path("ann.pem"), bed.folder.path("bob.pem"))
    }

    @Test("an override is signed, waits for a second recorder, and moves requests once that one has attested")
    func override() async throws {
        let (bed, ann, bob) = try await Self.start()
        let data = ["--data", bed.data]
        var gateway = try await bed.serve()
        let key = try await bed.newKey()
        let until = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: 3_600))
        let add =
            ["evidence", "add", "override", "--cloud", "aws", "--until", until, "--reason", "fire"] + Self.who + data
        try await concordat(add).expectComplaint(
            1, "evidence of kind override for acme needs the signature of one of ann, bob; add --sign-with.")

        let added = try await concordat(add + ["--sign-with", ann, "--recorder", "ann"]).expect(0)
        let number = try #require(added.output.split(whereSeparator: { !$0.isNumber }).first)
        #expect(
            added.output == """
                Recorded as evidence \(number).
                It has no effect yet: 1 more recorder has to attest to it, with `concordat evidence attest \(number)`.

                """)
        #expect(try await Self.cloud(gateway, key, bed) == "gpt-5-azure")

        let open = try await concordat(["evidence", "list", "--open"] + data).expect(0).output
        #expect(open.hasPrefix("\(number)  override (needs 1 more recorder)  override to aws"))
        #expect(open.hasSuffix(", attested by ann\n"))

        let attest = ["evidence", "attest", String(number)] + Self.who + data
        try await concordat(attest + ["--sign-with", ann]).expect(1)
        let attested = try await concordat(attest + ["--sign-with", bob]).expect(0)
        #expect(attested.output.hasSuffix("Evidence \(number) counts from now on.\n"))
        // Whoever signs sees what.
        let shown = try await concordat(attest + ["--print-text"]).expect(0).output
        #expect(attested.errors.contains(shown))
        #expect(try await Self.cloud(gateway, key, bed) == "gpt-5-aws")

        try await gateway.stop()
        gateway = try await bed.serve()
        #expect(try await Self.cloud(gateway, key, bed) == "gpt-5-aws")
        try await gateway.stop()
        try await concordat(["verify", "--decisions"] + data).expect(0)
        let rows = try await concordat(["evidence", "list", "--kind", "override", "--json"] + data).expect(0).rows
        #expect(rows.first?["attestedBy"] as? [String] == ["ann", "bob"])
        #expect(rows.first?["recordersMissing"] as? Int == 0)
        await bed.end()
    }

    @Test("the text is printed before it is signed, and a signature that was made elsewhere is taken")
    func elsewhere() async throws {
        let (bed, ann, _) = try await Self.start()
        try await bed.serve().stop()
        await bed.end()
        let add =
            ["evidence", "add", "launch", "--cloud", "aws", "--model", "gpt-5", "--at", "2026-05-04T16:00:00Z"]
            + Self.who + ["--data", bed.data]
        let text = """
            Concordat evidence, version 1
            kind: launch
            party: acme
            recorded by: ada
            cloud: aws
            model: gpt-5
            milestone: general-availability
            at: 2026-05-04T16:00:00Z

            """
        #expect(try await concordat(add + ["--print-text"]).expect(0).output == text)
        #expect(try await concordat(add + ["--print-text", "--json"]).expect(0).object["text"] as? String == text)
        try await #expect(concordat("evidence", "list", "--data", bed.data).expect(0).output.hasPrefix("Nothing is"))

        guard let signature = try Self.signature(under: text, key: ann, in: bed.folder) else { return }
        var forged = [UInt8](signature)
        forged[0] ^= 1
        try await concordat(add + ["--signature", Data(forged).base64EncodedString()]).expectComplaint(
            1, "no configured recorder's under this text")
        try await concordat(add + ["--signature", signature.base64EncodedString(), "--recorder", "bob"])
            .expectComplaint(1, "The signature is not bob's")
        let added = try await concordat(add + ["--signature", signature.base64EncodedString(), "--json"]).expect(0)
        #expect(try added.object["recordersMissing"] as? Int == 0)
    }

    /// Signs with OpenSSL, as somebody without Concordat would; `nil` where there is none that can.
    private static func signature(under text: String, key: String, in folder: TemporaryFolder) throws -> Data? {
        let tool = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let tool else { return nil }
        let file = try folder.write(text, to: "text")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments =
            ["pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", file, "-out", folder.path("signature")]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try Data(contentsOf: URL(fileURLWithPath: folder.path("signature")))
    }

    /// Which deployment serves a request.
    private static func cloud(_ gateway: RunningGateway, _ key: String, _ bed: TestBed) async throws -> String {
        let answer = await gateway.chat(key: key)
        let request = try #require(answer.decision)
        let explained = try await concordat("explain", "--request", request, "--data", bed.data, "--json").expect(0)
            .rows
        let deployments = explained.last?["deployments"] as? [[String: Any]] ?? []
        return deployments.first { $0["place"] as? Int == 1 }?["deployment"] as? String ?? "none"
    }
}
