// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Settings from environment variables")
struct EnvironmentSettingTests {
    private func read(_ text: String, _ environment: [String: String]) -> ConfigurationReading {
        ConfigurationReader.read(
            bytes: Array(text.utf8), file: "concordat.yaml", baseFolder: ConfigurationFiles.base,
            environment: environment)
    }

    private let text = SampleConfiguration.text(
        upstream: SampleConfiguration.local, top: "threads: 3\nlimits: {requests: 7, head: 3s}")

    @Test("P36: the environment goes before the file, the file before the default, and `config show` says which it was")
    func precedence() throws {
        let reading = read(
            text, ["CONCORDAT_LISTEN": "0.0.0.0:9000", "CONCORDAT_LIMITS_REQUESTS": "8", "PATH": "/bin"])
        let configuration = try #require(reading.configuration)
        #expect(reading.diagnostics.isEmpty)
        #expect(configuration.listen.description == "0.0.0.0:9000")
        #expect(configuration.limits.requestsMax == 8)
        #expect(configuration.limits.headMilliseconds == 3_000)
        #expect(configuration.threads == 3)
        let shown = try #require(reading.document).settings()
        let origins = Dictionary(uniqueKeysWithValues: shown.map { ($0.setting, [$0.value, $0.origin]) })
        #expect(origins["listen"] == ["0.0.0.0:9000", "CONCORDAT_LISTEN"])
        #expect(origins["limits.requests"] == ["8", "CONCORDAT_LIMITS_REQUESTS"])
        #expect(origins["limits.head"] == ["3s", "concordat.yaml:2"])
        #expect(origins["limits.body"] == ["2m", "default"])
        #expect(origins["limits.request_body"] == ["32MiB", "default"])
        #expect(origins["durability"] == ["strict", "default"])
        let defaults = try #require(reading.document).settings(isDefaultsOnly: true)
        #expect(!defaults.isEmpty && defaults.allSatisfy { $0.origin == "default" })
    }

    @Test("P36: where the file gives a certificate with the address, the environment replaces the address alone")
    func listenParts() throws {
        let text = SampleConfiguration.text(
            upstream: SampleConfiguration.local,
            top: "listen: {address: \"127.0.0.1:8443\", tls: {certificate: roots.pem, key: {file: tls/gateway.key}}}")
        let inFile = try #require(read(text, [:]).configuration)
        let reading = read(text, ["CONCORDAT_LISTEN": "0.0.0.0:9000"])
        #expect(reading.diagnostics.isEmpty)
        let configuration = try #require(reading.configuration)
        #expect(inFile.listen.description == "127.0.0.1:8443")
        #expect(configuration.listen.description == "0.0.0.0:9000")
        let tls = try #require(configuration.listenTLS)
        #expect(tls == inFile.listenTLS)
        #expect(tls.key == .file(ConfigurationFiles.base + "/tls/gateway.key"))
    }

    @Test("Every limit has its default in what is shown, as it would be written")
    func limitDefaults() throws {
        let reading = read(SampleConfiguration.text(upstream: SampleConfiguration.local), [:])
        let shown = try #require(reading.document).settings().filter { $0.setting.hasPrefix("limits.") }
        #expect(shown.count >= 15)
        // Read back, the defaults change nothing.
        let lines = shown.map { "  \($0.setting.dropFirst("limits.".count)): \($0.value)" }.joined(separator: "\n")
        let again = read(
            SampleConfiguration.text(upstream: SampleConfiguration.local, top: "limits:\n\(lines)"), [:])
        #expect(again.diagnostics.map(\.rendered) == [])
        #expect(try #require(again.configuration).limits == reading.configuration?.limits)
    }

    @Test("A setting that the file does not have may come from the environment alone")
    func missingInFile() throws {
        let text = self.text.replacing("data: state\n", with: "")
        #expect(read(text, [:]).configuration == nil)
        let folder = FileManager.default.currentDirectoryPath
        #expect(read(text, ["CONCORDAT_DATA": "here"]).configuration?.dataFolder == folder + "/here")
        #expect(read(text, ["CONCORDAT_DATA": "/there"]).configuration?.dataFolder == "/there")
    }

    @Test(
        "What is wrong with a variable is told like what is wrong in the file",
        arguments: [
            ("CONCORDAT_LIMITS_HEAD", "3 s", "environment:1:23: error: the value is no duration"),
            ("CONCORDAT_LISTEN", "9000", "environment:1:18: error: the port is missing"),
            ("CONCORDAT_THREADS", "", "environment:1:1: error: the variable is empty"),
            ("CONCORDAT_THREADS", "1\n2", "environment:1:1: error: the value is too long or holds a control"),
            ("CONCORDAT_LIMIT_HEAD", "3s", "did you mean `CONCORDAT_LIMITS_HEAD`?"),
            ("CONCORDAT_LIMITS_EVERYTHING", "3s", "error: there is no setting of this name"),
            ("CONCORDAT_AGREEMENTS_FOLDER", "x", "environment:1:29: error: there is no folder at this path"),
        ])
    func wrong(name: String, value: String, words: String) {
        let reading = read(text, [name: value])
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.map(\.rendered).joined(separator: "\n").contains(words))
        #expect(reading.diagnostics.allSatisfy { !$0.message.isEmpty && !$0.expected.isEmpty && !$0.mend.isEmpty })
    }

    @Test("A variable that sets nothing is pointed out, and what an orchestrator sets for a service of the name is not")
    func unknown() {
        let reading = read(text, ["CONCORDAT_COLOUR": "blue"])
        #expect(reading.configuration != nil)
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        let links = [
            "CONCORDAT_SERVICE_HOST": "10.0.0.1", "CONCORDAT_PORT": "tcp://10.0.0.1:80",
            "CONCORDAT_PORT_80_TCP_ADDR": "10.0.0.1", "CONCORDAT_SHARE": "/usr/share",
        ]
        #expect(read(text, links).diagnostics.isEmpty)
    }

    @Test("A variable that the file names as the place of a secret is no setting, and its value is never shown")
    func secret() throws {
        let text = SampleConfiguration.text(
            upstream: "provider: openai, url: https://api.openai.com, api_key: {env: CONCORDAT_LISTENKEY}")
        let reading = read(text, ["CONCORDAT_LISTENKEY": "sk-canary-0123456789"])
        #expect(reading.diagnostics.isEmpty)
        let shown = try #require(reading.document).settings()
        let key = try #require(shown.first { $0.setting == "upstreams.u.api_key" })
        #expect(key.value == "(not shown; from the environment variable CONCORDAT_LISTENKEY)")
    }

    @Test(
        "A key that was put into the wrong variable is not quoted",
        arguments: ["CONCORDAT_LISTEN", "CONCORDAT_COLOUR", "CONCORDAT_THREADS", "CONCORDAT_LIMITS_HEADS"])
    func canary(name: String) {
        let reading = read(text, [name: "sk-canary-0123456789abcdefghijklmnop"])
        for diagnostic in reading.diagnostics {
            var dumped = ""
            dump(diagnostic, to: &dumped)
            for text in [diagnostic.rendered, diagnostic.json, dumped] { #expect(!text.contains("canary")) }
        }
        #expect(!reading.diagnostics.isEmpty)
    }
}
