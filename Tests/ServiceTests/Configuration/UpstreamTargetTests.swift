// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Providers
import Service
import Testing
import Wire

@Suite("Targets of a configuration")
struct UpstreamTargetTests {
    /// One upstream as it is written, and what a request to it looks like.
    struct Case: Sendable, CustomTestStringConvertible {
        var upstream: String
        var endpoint: UpstreamTarget.Endpoint
        var path: String
        /// The header fields beside those that all requests carry.
        var fields: [String: String]
        var testDescription: String { upstream }
    }

    static let cases: [Case] = [
        Case(
            upstream: "provider: openai, url: https://api.openai.com, api_key: {env: KEY}, organization: org-1, "
                + "project: proj-1",
            endpoint: .init(host: "api.openai.com", port: 443, usesTLS: true), path: "/v1/chat/completions",
            fields: ["authorization": "Bearer k", "openai-organization": "org-1", "openai-project": "proj-1"]),
        Case(
            upstream: "provider: azure-v1, url: https://R.openai.azure.com/openai/v1/, api_key: {env: KEY}",
            endpoint: .init(host: "r.openai.azure.com", port: 443, usesTLS: true),
            path: "/openai/v1/chat/completions", fields: ["api-key": "k"]),
        Case(
            upstream: "provider: azure-v1, url: https://r.openai.azure.com, api_key: {env: KEY}, "
                + "authentication: bearer",
            endpoint: .init(host: "r.openai.azure.com", port: 443, usesTLS: true),
            path: "/openai/v1/chat/completions", fields: ["authorization": "Bearer k"]),
        Case(
            upstream: "provider: azure-deployment, url: https://r.openai.azure.com, api_key: {env: KEY}, "
                + "api_version: 2025-03-01-preview",
            endpoint: .init(host: "r.openai.azure.com", port: 443, usesTLS: true),
            path: "/openai/deployments/its%2Fname/chat/completions?api-version=2025-03-01-preview",
            fields: ["api-key": "k"]),
        Case(
            upstream: "provider: bedrock-openai, url: https://bedrock-runtime.us-west-2.amazonaws.com:8443, "
                + "api_key: {env: KEY}",
            endpoint: .init(host: "bedrock-runtime.us-west-2.amazonaws.com", port: 8443, usesTLS: true),
            path: "/openai/v1/chat/completions", fields: ["authorization": "Bearer k"]),
        Case(
            upstream: "provider: compatible, url: \"http://[::1]:8000/base\", project: proj-1",
            endpoint: .init(host: "::1", port: 8000, usesTLS: false), path: "/base/chat/completions",
            fields: ["openai-project": "proj-1"]),
        Case(
            upstream: "provider: compatible, url: http://localhost, api_key: {env: KEY}, authentication: api-key",
            endpoint: .init(host: "localhost", port: 80, usesTLS: false), path: "/v1/chat/completions",
            fields: ["api-key": "k"]),
    ]

    @Test("The price of a deployment is exact, and the cached tokens cost as much as others where nothing else is said")
    func prices() throws {
        let text = SampleConfiguration.text(
            upstream: SampleConfiguration.local,
            deployment: ", price: {input: 2.50 USD, output: 0.000000001 USD}")
        let reading = ConfigurationFiles.read(text)
        #expect(reading.diagnostics.map(\.rendered) == [])
        let targets = try #require(reading.configuration).makeTargets(environment: [:], version: "1.0.0")
        let usd = try #require(Currency(code: "USD"))
        #expect(
            targets.prices.ceiling(ofModel: "public-name", in: usd)
                == TokenPrice(currency: usd, input: 2_500_000_000, cachedInput: 2_500_000_000, output: 1))
    }

    @Test("Each provider is reached at its path with its headers and nothing else", arguments: cases)
    func target(of expected: Case) throws {
        let text = SampleConfiguration.text(
            upstream: expected.upstream, deployment: ", upstream_model: its/name, tokens_per_minute: 9")
        let reading = ConfigurationFiles.read(text)
        #expect(reading.diagnostics.map(\.rendered) == [])
        let configuration = try #require(reading.configuration)
        let targets = try configuration.makeTargets(environment: ["KEY": "k"], version: "1.2.3")
        let target = try #require(targets["d"])
        #expect(target.endpoint == expected.endpoint)
        #expect((target.tls != nil) == expected.endpoint.usesTLS)
        #expect(target.paths[.chat] == expected.path)
        #expect(target.upstreamModel == Array("\"its/name\"".utf8))
        #expect(target.contractedTokensPerMinute == 9)
        let common = [
            "content-type": "application/json", "user-agent": "concordat/1.2.3", "accept-encoding": "identity",
            "accept": "application/json",
        ]
        let fields = Dictionary(
            target.headers.fields(isStreaming: false).map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + $1 })
        #expect(fields == expected.fields.merging(common) { $1 })
    }

    @Test("A model that the provider calls the same is left as the client wrote it")
    func sameName() throws {
        let configuration = try #require(
            ConfigurationFiles.read(SampleConfiguration.text(upstream: SampleConfiguration.local)).configuration)
        let targets = try configuration.makeTargets(environment: [:], version: "1")
        #expect(targets["d"]?.upstreamModel == nil)
    }

    @Test("Deployments of one upstream share its TLS")
    func sharedTLS() throws {
        let text =
            SampleConfiguration.text(upstream: "provider: openai, url: https://api.openai.com/v1, api_key: {env: KEY}")
            + "\n  e: {upstream: u, cloud: azure, region: r2, model: public-name, publisher: openai}"
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        let targets = try configuration.makeTargets(environment: ["KEY": "k"], version: "1")
        #expect(targets["d"]?.tls != nil)
        #expect(targets["d"]?.tls === targets["e"]?.tls)
    }

    @Test("Everything that is missing at the start is told together, by upstream")
    func errorsTogether() throws {
        let text = """
            \(SampleConfiguration.head)
            upstreams:
              a: {provider: openai, url: https://api.openai.com/v1, api_key: {env: KEY_A}}
              b: {provider: openai, url: https://api.openai.com/v1, api_key: {file: /none/such}}
              c: {provider: openai, url: https://api.openai.com/v1, api_key: {env: KEY_C}}
            deployments:
              d1: {upstream: a, cloud: x, region: r, model: m, publisher: p}
              d2: {upstream: b, cloud: x, region: r, model: m, publisher: p}
              d3: {upstream: c, cloud: x, region: r, model: m, publisher: p}
            """
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.makeTargets(environment: ["KEY_C": "canary\nbroken"], version: "1")
        }
        let lines = try #require(error).message.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "upstream `a`: the environment variable KEY_A is not set; set it before the gateway starts")
        #expect(lines[1].hasPrefix("upstream `b`: the secret's file /none/such is missing"))
        #expect(lines[2].hasPrefix("upstream `c`: The value configured for the header 'authorization'"))
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!dumped.contains("canary"))
    }

    @Test("A secret that others can read is warned of with the upstream's name")
    func warning() throws {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "key")
        try Data("canary\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let text = SampleConfiguration.text(
            upstream: "provider: openai, url: https://api.openai.com/v1, api_key: {file: \(file.path)}")
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        var warnings: [String] = []
        let targets = try configuration.makeTargets(environment: [:], version: "1") { warnings.append($0) }
        #expect(warnings.count == 1)
        #expect(warnings[0].hasPrefix("upstream `u`: the secret's file \(file.path) can be read by other users"))
        #expect(
            targets["d"]?.headers.fields(isStreaming: true).contains(HeaderField("authorization", "Bearer canary"))
                == true)
        var dumped = "\(configuration)"
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("canary"))
    }

    @Test("A file of roots is taken besides the system's")
    func roots() throws {
        let text = SampleConfiguration.text(
            upstream: "provider: compatible, url: https://models.example.com, ca_file: roots.pem")
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        #expect(try configuration.makeTargets(environment: [:], version: "1")["d"]?.tls != nil)
    }

    @Test("A file of roots that holds none is refused before the start")
    func noRoots() throws {
        let text = SampleConfiguration.text(
            upstream: "provider: compatible, url: https://models.example.com, ca_file: agreements/primary-cloud.yaml")
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.makeTargets(environment: [:], version: "1")
        }
        #expect(error?.code == .trustRoots)
    }
}
