// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Providers
import Service
import Testing

@Suite("Reading a configuration")
struct ConfigurationReaderTests {
    @Test("The example reads without a diagnostic and its targets are made")
    func example() throws {
        let file = ConfigurationFiles.repository.appending(path: "examples/concordat.yaml").path
        let reading = ConfigurationReader.read(file: file, environment: [:])
        #expect(reading.diagnostics.map(\.rendered) == [])
        let configuration = try #require(reading.configuration)
        #expect(configuration.limits.besidesMemory == GatewayLimits())
        #expect(configuration.deployments.count == 5)
        let targets = try configuration.makeTargets(
            environment: ["AZURE_OPENAI_KEY": "a", "AWS_BEARER_TOKEN_BEDROCK": "b"], version: "1.0.0")
        for settings in configuration.deployments { #expect(targets[settings.deployment.id] != nil) }
        #expect(targets["gpt-5-reserved"]?.contractedTokensPerMinute == 150_000)
    }

    @Test("The address to listen on may come with a certificate")
    func listenTLS() throws {
        let listen = "listen: {address: \"[::1]:8443\", tls: {certificate: roots.pem, key: {file: tls/gateway.key}}}"
        let text = SampleConfiguration.text(upstream: SampleConfiguration.local, top: listen)
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        #expect(configuration.listen == ListenAddress(host: "::1", port: 8443))
        let tls = try #require(configuration.listenTLS)
        #expect(tls.certificate == ConfigurationFiles.base + "/roots.pem")
        #expect(tls.key == .file(ConfigurationFiles.base + "/tls/gateway.key"))
    }

    @Test("What is left out has its default")
    func defaults() throws {
        let text = SampleConfiguration.text(upstream: SampleConfiguration.local)
        let configuration = try #require(ConfigurationFiles.read(text).configuration)
        #expect(configuration.listen == ListenAddress(host: "127.0.0.1", port: 8080))
        #expect(configuration.listenTLS == nil)
        #expect((1...64).contains(configuration.threads))
        #expect(configuration.durability == .strict)
        #expect(configuration.onLedgerLoss == .servePrimary)
        #expect(configuration.limits.besidesMemory == GatewayLimits())
        // Half of a machine, and room for bodies in it.
        #expect(configuration.limits.memoryBytesMax > 64 * 1_024 * 1_024)
        #expect(configuration.limits.bodiesBytesMax >= configuration.limits.requestBodyBytesMax)
        #expect(configuration.enforcement.isEmpty)
        #expect(configuration.speed == 1)
        let settings = try #require(configuration.deployments.first)
        #expect(settings.deployment.account == "u")
        #expect(settings.deployment.lane == .onDemand)
        #expect(settings.deployment.rank == 100)
        #expect(settings.deployment.features.featureNames == FeatureSet.names)
        #expect(settings.upstreamModel == "public-name")
        #expect(settings.tokensPerMinute == nil)
        #expect(configuration.accessLog == nil)
        #expect(configuration.upstreams["u"]?.authentication == AuthenticationScheme.none)
    }

    @Test(
        "The access log goes to a file or to standard error",
        arguments: [
            ("{file: stderr}", AccessLogSettings(file: nil)),
            ("{file: ./stderr, sample: 7}", AccessLogSettings(file: ConfigurationFiles.base + "/stderr", sample: 7)),
            ("{file: /dev/null}", AccessLogSettings(file: "/dev/null")),
        ])
    func accessLog(text: String, settings: AccessLogSettings) throws {
        let reading = ConfigurationFiles.read(
            SampleConfiguration.text(upstream: SampleConfiguration.local, top: "access_log: \(text)"))
        #expect(reading.diagnostics.map(\.rendered) == [])
        #expect(reading.configuration?.accessLog == settings)
    }

    @Test("What is written is read")
    func written() throws {
        let text = SampleConfiguration.text(
            upstream: SampleConfiguration.local,
            deployment: ", account: acct, lane: reserved, upstream_model: its-name, without: [vision, n], rank: 0, "
                + "tokens_per_minute: 7",
            top: "listen: \"[::1]:0\"\nthreads: 3\ndurability: relaxed\non_ledger_loss: refuse\n"
                + "limits: {request_body: 64KiB, connections: 5, requests: 6, head: 250ms, drain: 1h}"
        ).replacing("{folder: agreements}", with: "{folder: agreements, enforcement: {primary-cloud: observe}}")
        let reading = ConfigurationFiles.read(text)
        #expect(reading.diagnostics.map(\.rendered) == [])
        let configuration = try #require(reading.configuration)
        #expect(configuration.listen == ListenAddress(host: "::1", port: 0))
        #expect(configuration.listen.description == "[::1]:0")
        #expect(configuration.threads == 3)
        #expect(configuration.durability == .relaxed)
        #expect(configuration.onLedgerLoss == .refuse)
        #expect(configuration.limits.requestBodyBytesMax == 65_536)
        #expect(configuration.limits.connectionsMax == 5)
        #expect(configuration.limits.requestsMax == 6)
        #expect(configuration.limits.headMilliseconds == 250)
        #expect(configuration.limits.drainMilliseconds == 3_600_000)
        let settings = try #require(configuration.deployments.first)
        #expect(
            settings.deployment
                == Deployment(
                    id: "d", cloud: "azure", account: "acct", region: "r1", lane: .reserved, model: "public-name",
                    publisher: "openai", features: settings.deployment.features, rank: 0))
        #expect(settings.deployment.features.featureNames == FeatureSet.names.filter { $0 != "vision" && $0 != "n" })
        #expect(settings.upstreamModel == "its-name")
        #expect(settings.tokensPerMinute == 7)
        let placement = configuration.placementConfiguration
        #expect(placement.deployments.deployments == [settings.deployment])
        #expect(placement.enforcement(of: "primary-cloud") == .observe)
        #expect(placement.speed == 1)
    }

    @Test("Offers, bases and recorders are read, in whatever order they stand")
    func evidence() throws {
        let hex = String(repeating: "0a", count: 32)
        let base64 = Data(repeating: 11, count: 32).base64EncodedString()
        let text =
            SampleConfiguration.text(upstream: SampleConfiguration.local, deployment: ", capacity_offer: site-9") + """

                derivatives: {public-name: base, base: older}
                recorders:
                  bob: {public_key: \(hex), kinds: [override, decline], parties: [microsoft, acme]}
                  ann: {public_key: \(base64), kinds: [offer-answer], parties: [acme]}
                """
        let reading = ConfigurationFiles.read(text)
        #expect(reading.diagnostics.map(\.severity) == [.warning])
        let placement = try #require(reading.configuration).placementConfiguration
        #expect(placement.deployments.deployments.map(\.capacityOffer) == ["site-9"])
        #expect(placement.lineage(of: "public-name") == ["public-name", "base", "older"])
        #expect(
            placement.recorders == [
                Recorder(
                    id: "ann", publicKey: Array(repeating: 11, count: 32), kinds: [.offerAnswer], parties: ["acme"]),
                Recorder(
                    id: "bob", publicKey: Array(repeating: 10, count: 32), kinds: [.decline, .override],
                    parties: ["acme", "microsoft"]),
            ])
    }

    @Test("More recorders or bases than there may be are refused")
    func tooManyOfEvidence() {
        let sample = SampleConfiguration.text(upstream: SampleConfiguration.local)
        var recorders = sample + "\nrecorders:\n"
        for index in 0..<257 {
            let key = String(index + 4_096, radix: 16)
            recorders +=
                "  r\(index): {public_key: \(String(repeating: key, count: 16)), kinds: [launch], parties: [a]}\n"
        }
        var derivatives = sample + "\nderivatives:\n  public-name: m0\n"
        for index in 0..<1_024 { derivatives += "  m\(index): m\(index + 1)\n" }
        for text in [recorders, derivatives] {
            let reading = ConfigurationFiles.read(text)
            #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue) == ["too-many-entries"])
        }
    }

    @Test("Every limit that a file may set changes a limit of its own")
    func limits() throws {
        let keys = [
            "request_body: 1KiB", "connections: 1", "requests: 1", "head: 11ms", "body_idle: 11ms", "body: 11ms",
            "body_rate: 1",
            "idle: 11ms", "write_stall: 11ms", "connect: 11ms", "answer: 11ms", "answer_idle: 11ms",
            "upstream_idle: 11ms", "hold: 11ms", "progress: 11ms", "drain: 11ms", "bodies: 1MiB", "memory: 64MiB",
        ]
        let sample = SampleConfiguration.text(upstream: SampleConfiguration.local)
        var seen = [try #require(ConfigurationFiles.read(sample).configuration).limits]
        for key in keys {
            let text = SampleConfiguration.text(upstream: SampleConfiguration.local, top: "limits: {\(key)}")
            let limits = try #require(ConfigurationFiles.read(text).configuration).limits
            #expect(!seen.contains(limits), "\(key)")
            seen.append(limits)
        }
        // All but the routing's, which have a key of their own.
        #expect(Mirror(reflecting: GatewayLimits()).children.count == keys.count + 1)
    }

    @Test("Every setting of routing changes one of its own")
    func routing() throws {
        let keys = [
            "retry_percent: 11", "retries_per_second: 11", "retry_burst: 11", "failures: 11", "rest: 11ms",
            "rest_max: 11s", "account_faults: 11", "account_rest: 11ms", "account_rest_max: 11s", "first_token: 11ms",
            "stream_rate: 11", "answer_rate: 11", "rate_window: 11ms",
        ]
        var seen: [RoutingLimits] = [RoutingLimits()]
        for key in keys {
            let text = SampleConfiguration.text(upstream: SampleConfiguration.local, top: "routing: {\(key)}")
            let routing = try #require(ConfigurationFiles.read(text).configuration).limits.routing
            #expect(!seen.contains(routing), "\(key)")
            seen.append(routing)
        }
        #expect(Mirror(reflecting: RoutingLimits()).children.count == keys.count)
    }

    @Test("Relative paths begin at the file's folder, wherever the process runs")
    func relativePaths() throws {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let agreements = folder.appending(path: "terms")
        try FileManager.default.createDirectory(at: agreements, withIntermediateDirectories: true)
        for name in ["b.yaml", "a.yaml", ".hidden.yaml", "notes.txt"] {
            try Data().write(to: agreements.appending(path: name))
        }
        let file = folder.appending(path: "concordat.yaml")
        let upstream = "provider: compatible, url: http://127.0.0.1:1, api_key: {file: ./keys/../k}"
        let text = SampleConfiguration.text(upstream: upstream).replacing("folder: agreements", with: "folder: terms/")
        try Data(text.utf8).write(to: file)
        let reading = ConfigurationReader.read(file: file.path, environment: [:])
        #expect(reading.diagnostics.map(\.rendered) == [])
        let configuration = try #require(reading.configuration)
        let root = folder.standardizedFileURL.path
        #expect(configuration.dataFolder == root + "/state")
        #expect(configuration.agreementFiles == [root + "/terms/a.yaml", root + "/terms/b.yaml"])
        #expect(configuration.upstreams["u"]?.apiKey == .file(root + "/k"))
    }

    @Test("Absolute paths stay as they are")
    func absolutePaths() throws {
        let text = SampleConfiguration.text(upstream: SampleConfiguration.local)
            .replacing("data: state", with: "data: /var/lib/concordat/")
        #expect(try #require(ConfigurationFiles.read(text).configuration).dataFolder == "/var/lib/concordat")
    }

    @Test("Two readings of one text are equal, so that a reload can tell that nothing changed")
    func equality() {
        let text = SampleConfiguration.text(upstream: SampleConfiguration.local)
        #expect(ConfigurationFiles.read(text).configuration == ConfigurationFiles.read(text).configuration)
        let other = text.replacing("r1", with: "r2")
        #expect(ConfigurationFiles.read(text).configuration != ConfigurationFiles.read(other).configuration)
    }

    @Test(
        "More entries than a table holds are refused",
        arguments: [
            (deployments: 1_025, models: 1_025, upstreams: 1, code: "too-many-entries"),
            (deployments: 65, models: 1, upstreams: 1, code: "too-many-entries"),
            (deployments: 1, models: 1, upstreams: 257, code: "too-many-entries"),
        ])
    func tooMany(deployments: Int, models: Int, upstreams: Int, code: String) {
        var text = SampleConfiguration.head + "upstreams:\n"
        for index in 0..<upstreams { text += "  u\(index): {provider: compatible, url: http://127.0.0.1:1}\n" }
        text += "deployments:\n"
        for index in 0..<deployments {
            text += "  d\(index): {upstream: u0, cloud: c, region: r, model: m\(index % models), publisher: p}\n"
        }
        let reading = ConfigurationFiles.read(text)
        #expect(reading.configuration == nil)
        #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.code.rawValue) == [code])
    }

    @Test("Warnings alone, however many, leave a configuration without an error")
    func warningsOnly() {
        var text = SampleConfiguration.head + "upstreams:\n"
        for index in 0..<200 { text += "  u\(index): {provider: compatible, url: http://10.0.0.1:1}\n" }
        text += "deployments:\n  d: {upstream: u0, cloud: c, region: r, model: m, publisher: p}\n"
        let reading = ConfigurationFiles.read(text)
        #expect(reading.configuration != nil)
        #expect(reading.diagnostics.count == 101)
        #expect(reading.diagnostics.allSatisfy { $0.severity == .warning })
    }

    @Test("The greatest configuration is read")
    func greatest() {
        var text = SampleConfiguration.head + "upstreams:\n"
        for index in 0..<256 { text += "  u\(index): {provider: compatible, url: http://127.0.0.1:1}\n" }
        text += "deployments:\n"
        for index in 0..<1_024 {
            text +=
                "  d\(index): {upstream: u\(index % 256), cloud: c, region: r, model: m\(index / 64), publisher: p}\n"
        }
        let reading = ConfigurationFiles.read(text)
        #expect(reading.diagnostics.map(\.rendered) == [])
        #expect(reading.configuration?.placementConfiguration.deployments.deployments.count == 1_024)
    }
}

extension GatewayLimits {
    /// The limits with what depends on the machine as in any other.
    fileprivate var besidesMemory: GatewayLimits {
        var limits = self
        limits.memoryBytesMax = GatewayLimits().memoryBytesMax
        limits.bodiesBytesMax = GatewayLimits().bodiesBytesMax
        return limits
    }
}
