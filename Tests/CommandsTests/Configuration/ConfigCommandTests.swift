// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("config")
struct ConfigCommandTests {
    /// A configuration of which a simulated cloud takes the key only where it is right.
    private func bed() async throws -> (TestBed, ChildProcess) {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        let cloud = try ChildProcess([
            "simulate-cloud", "--name", "azure", "--port", "0", "--credential", "right", "--first-token", "0",
            "--inter-token", "0",
        ])
        let url = try await cloud.word(after: " at ")
        try bed.folder.write("wrong\n", to: "key")
        let upstream = "  azure: {provider: azure-v1, url: \"\(url)/openai/v1\", api_key: {file: key}}\n"
        var text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
        text = text.replacing("  azure: {provider: azure-v1, url: \"", with: "  old: {provider: azure-v1, url: \"")
            .replacing("upstreams:\n", with: "upstreams:\n" + upstream)
        try bed.folder.write(text, to: "concordat.yaml")
        return (bed, cloud)
    }

    @Test("P36: SIGHUP and `config reload` bring a rotated key into use; a bad file is refused and the old one stays")
    func reload() async throws {
        let (bed, cloud) = try await bed()
        let gateway = try await bed.serve()
        let key = try await bed.newKey()
        #expect(await gateway.chat(key: key).status == 502)

        try bed.folder.write("right\n", to: "key")
        gateway.process.signal(SIGHUP)
        _ = try await gateway.process.word(after: "reloaded")
        #expect(await gateway.chat(key: key).status == 200)

        let good = try String(contentsOfFile: bed.configuration, encoding: .utf8)
        try bed.folder.write(good + "nonsense: 1\n", to: "concordat.yaml")
        gateway.process.signal(SIGHUP)
        _ = try await gateway.process.word(after: "the configuration was not reloaded")
        #expect(await gateway.chat(key: key).status == 200)
        try await concordat("config", "reload", "--data", bed.data)
            .expectComplaint(1, "concordat.yaml:", "has no key of this name")

        try bed.folder.write(good + "limits: {requests: 100}\n", to: "concordat.yaml")
        let run = try await concordat("config", "reload", "--json", "--data", bed.data).expect(0)
        #expect(try run.object["changed"] as? [String] == ["limits"] || gateway.process.output.contains("limits"))
        #expect(await gateway.chat(key: key).status == 200)
        try await gateway.stop()
        await cloud.kill()
        await bed.end()
        try await concordat("config", "reload", "--data", bed.data).expectComplaint(3, "No gateway runs on")
        try await concordat("verify", "--decisions", "--data", bed.data).expect(0)
    }

    @Test("`config check` says by its exit code what kind of thing is wrong")
    func check() async throws {
        let folder = try TemporaryFolder()
        try folder.write(TestBed.agreement, to: "agreement.yaml")
        let text = """
            data: data
            agreements: {files: [agreement.yaml]}
            upstreams:
              azure: {provider: azure-v1, url: "https://x.openai.azure.com", api_key: {env: SOME_KEY}}
            deployments:
              gpt-5-azure: {upstream: azure, cloud: azure, region: east, model: gpt-5, publisher: openai}

            """
        let file = try folder.write(text, to: "concordat.yaml")
        let sound = try await concordat(["config", "check", file], environment: ["SOME_KEY": "k"]).expect(0)
        #expect(sound.output.contains("no errors"))
        let missing = try await concordat("config", "check", "--json", file).expect(3)
        #expect(try missing.rows.map { $0["code"] as? String } == ["secret-missing"])
        try await concordat("config", "check", "--without-secrets", file).expect(0)
        try await concordat(["config", "check", file], environment: ["CONCORDAT_LIMITS_HEAD": "soon"]).expect(1)
        try await concordat("config", "check", folder.path("none.yaml")).expect(2)
    }

    @Test("`config show` prints values with where they come from, and `config schema` the schema")
    func show() async throws {
        let file = Concordat.root.appendingPathComponent("examples/concordat.yaml").path
        let run = try await concordat(
            ["config", "show", "--json", file], environment: ["CONCORDAT_LIMITS_HEAD": "4s"]
        ).expect(0)
        let rows = try run.rows
        let head = try #require(rows.first { $0["setting"] as? String == "limits.head" })
        #expect(head["value"] as? String == "4s" && head["origin"] as? String == "CONCORDAT_LIMITS_HEAD")
        #expect(rows.contains { ($0["origin"] as? String)?.hasSuffix("concordat.yaml:6") == true })
        let schema = try await concordat("config", "schema").expect(0)
        #expect(try schema.object["$id"] as? String == "concordat.schema.json")
    }
}
