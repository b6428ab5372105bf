// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Foundation
import Gateway
import NIOCore
import NIOPosix
import Providers
import Records
import Service
import Store
import Testing
import Wire

/// A whole gateway on a free port with its own data folder, and simulated clouds or other upstreams behind it.
final class GatewayBed: Sendable {
    let application: GatewayApplication
    let folder: String
    let clouds: [String: CloudServer]
    let logs: LogCapture
    let configuration: GatewayConfiguration
    /// A key with diagnostics.
    let key: String

    var port: Int { application.server.address.port ?? 0 }

    private init(
        application: GatewayApplication, folder: String, clouds: [String: CloudServer], logs: LogCapture,
        configuration: GatewayConfiguration, key: String
    ) {
        self.application = application
        self.folder = folder
        self.clouds = clouds
        self.logs = logs
        self.configuration = configuration
        self.key = key
    }

    /// What a test asks of the gateway.
    struct Setup: Sendable {
        /// The agreements' texts; the file of each is named after its place.
        var agreements = [TestAgreement.primaryCloud]
        var enforcement: [String: Enforcement] = [:]
        var limits = GatewayLimits()
        var onLedgerLoss = LedgerLossPolicy.servePrimary
        /// Recording upstreams or dead ports in place of the simulated cloud of a name.
        var ports: [String: Int] = [:]
        /// The clouds that have a deployment.
        var clouds = ["azure", "aws", "oracle"]
        var hasReservedLane = true
        /// The port of a second on-demand deployment of the primary, on one level with the first.
        var twin: Int?
        /// How many event loops serve.
        var threads = 1
        /// The environment variable with each upstream's key.
        var environment: [String: String] = [:]
        /// The data folder; a new one, which is removed, where `nil`.
        var folder: String?
        var calls: any FileCalls = SystemFileCalls()
        /// Who attests to evidence.
        var recorders: [Recorder] = []
        /// The base of each derived model.
        var derivatives: [String: String] = [:]
        /// The offer that the deployments of a cloud came from.
        var capacityOffers: [String: String] = [:]
        /// What the deployments of a cloud cost.
        var prices: [String: TokenPrice] = [:]
        /// The texts of agreements on trial.
        var trial: [String] = []
        /// Where the access log goes.
        var accessLog: AccessLogSettings?
        /// What clients are shown.
        var listenTLS: ListenTLS?
        /// The upstreams that speak TLS: the name by which each is called, and the file of its roots.
        var upstreamTLS: [String: (host: String, roots: String)] = [:]
        /// Whether the audit afterwards counts every request in and out; not where the ledger had a gap.
        var countsInAndOut = true

        init() {
            limits.drainMilliseconds = 2_000
            // Tests of limits set their own; a busy machine is not to run into the others.
            limits.headMilliseconds = 300_000
            limits.bodyIdleMilliseconds = 300_000
            limits.bodyMilliseconds = 300_000
            limits.connectMilliseconds = 60_000
        }

        init(_ change: (inout Setup) -> Void) {
            self.init()
            change(&self)
        }

        /// The agreements on trial as a gateway takes them.
        var trialAgreements: TrialAgreements? {
            guard !trial.isEmpty else { return nil }
            return TrialAgreements(
                documents: trial.compactMap { TestAgreement.read($0).reading.document }, drafts: .all)
        }

        /// A recording upstream in place of the primary, with one lane.
        static func primary(at upstream: RecordingUpstream, _ change: (inout Setup) -> Void = { _ in }) -> Setup {
            Setup { setup in
                setup.ports = ["azure": upstream.port]
                setup.hasReservedLane = false
                change(&setup)
            }
        }
    }

    /// Starts a gateway, lets the test use it, stops it, and sees that its ledger is intact and decides the same again.
    static func run(_ setup: Setup = Setup(), _ body: (GatewayBed) async throws -> Void) async throws {
        await Turnstile.gateways.enter()
        defer { Turnstile.gateways.leave() }
        let folder = try setup.folder ?? makeFolder()
        defer { if setup.folder == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let bed = try await start(setup, folder: folder)
        do {
            try await body(bed)
        } catch {
            await bed.stop()
            throw error
        }
        await bed.stop()
        try expectIntact(folder, countsInAndOut: setup.countsInAndOut)
    }

    /// Starts a gateway in a folder; whoever calls stops it.
    static func start(_ setup: Setup, folder: String) async throws -> GatewayBed {
        let servers = try await startClouds(setup)
        let configuration = configuration(setup, folder: folder, servers: servers)
        let logs = LogCapture()
        do {
            let application = try await GatewayApplication.start(
                configuration,
                readings: setup.agreements.enumerated().map {
                    TestAgreement.read($0.element, file: "agreement-\($0.offset).yaml")
                },
                trial: setup.trialAgreements, environment: setup.environment, logger: logs.logger, calls: setup.calls)
            let key = try await makeKey(application)
            return GatewayBed(
                application: application, folder: folder, clouds: servers, logs: logs, configuration: configuration,
                key: key)
        } catch {
            for server in servers.values { await server.stop() }
            throw error
        }
    }

    func stop() async {
        await application.stop()
        for server in clouds.values { await server.stop() }
    }

    /// A new folder with a short path, as a Unix socket needs.
    static func makeFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.path + "/cc-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Sees that the ledger of a stopped gateway is whole, and that deciding again gives the same.
    static func expectIntact(_ folder: String, countsInAndOut: Bool = true) throws {
        let audit = try LedgerAudit.run(folder: folder, verifierKey: nil, earlierCheckpoints: [], decisions: true)
        let decisions = try #require(audit.decisions)
        #expect(audit.log.findings.map(\.description) == [])
        #expect(decisions.findings.map { "entry \($0.index): \($0.message)" } == [])
        #expect(audit.isIntact)
        if countsInAndOut {
            #expect(decisions.tally.accepted == decisions.tally.placements + decisions.tally.refusals)
            #expect(decisions.tally.open == 0)
        }
    }

    /// Makes a virtual key.
    static func makeKey(
        _ application: GatewayApplication, dimensions: [String: String] = [:], diagnostics: Bool = true,
        deadlineSeconds: Int64? = nil, limits: KeyLimitsOrder = KeyLimitsOrder()
    ) async throws -> String {
        let order = KeyOrder(
            name: "test", tenant: "tenant", dimensions: dimensions, surface: nil, labels: ["team": "tests"],
            deadlineSeconds: deadlineSeconds, diagnostics: diagnostics, limits: limits)
        guard case .key(_, let text) = await application.operations.carryOut(.newKey(order)) else {
            throw CancellationError()
        }
        return text
    }
}

// How the bed is made.
extension GatewayBed {
    /// The deployment of a cloud's on-demand lane.
    static func deployment(_ cloud: String, lane: Lane = .onDemand) -> String { "\(cloud)-\(lane.name)" }

    private static func startClouds(_ setup: Setup) async throws -> [String: CloudServer] {
        var servers: [String: CloudServer] = [:]
        for name in setup.clouds where setup.ports[name] == nil {
            var lanes = [CloudLane(deployments: ["gpt"], kind: .onDemand, tokensPerMinute: 100_000_000)]
            if name == "azure", setup.hasReservedLane {
                lanes.append(CloudLane(deployments: ["gpt-ptu"], kind: .reserved, tokensPerMinute: 100_000_000))
            }
            let cloud = try SimulatedCloud(
                name: name, dialect: dialect(name), lanes: lanes, timeToFirstTokenMilliseconds: 0,
                interTokenMilliseconds: 0)
            servers[name] = try await CloudServer.start(cloud, group: MultiThreadedEventLoopGroup.singleton)
        }
        return servers
    }

    private static func dialect(_ cloud: String) -> CloudDialect {
        switch cloud {
        case "azure": .azure
        case "aws": .bedrock
        default: .compatible
        }
    }

    /// Every feature, and the operations that the provider has.
    private static func features(of provider: ProviderKind) -> FeatureSet {
        FeatureSet(provider.operations.compactMap { FeatureSet(operation: $0.name) }).union(.all)
    }

    private static func configuration(
        _ setup: Setup, folder: String, servers: [String: CloudServer]
    ) -> GatewayConfiguration {
        var upstreams: [String: UpstreamSettings] = [:]
        var deployments: [DeploymentSettings] = []
        for (rank, cloud) in setup.clouds.enumerated() {
            let port = setup.ports[cloud] ?? servers[cloud]?.port ?? 0
            let provider: ProviderKind =
                switch cloud {
                case "azure": .azureV1
                case "aws": .bedrockOpenAI
                default: .compatible
                }
            let variable = "KEY_" + cloud.uppercased()
            let hasKey = setup.environment[variable] != nil
            upstreams[cloud] = UpstreamSettings(
                provider: provider,
                url: UpstreamURL(
                    endpoint: .init(
                        host: setup.upstreamTLS[cloud]?.host ?? "127.0.0.1", port: port,
                        usesTLS: setup.upstreamTLS[cloud] != nil), path: ""),
                apiKey: hasKey ? .env(variable) : nil,
                authentication: hasKey ? (cloud == "azure" ? .apiKey : .bearer) : .none,
                caFile: setup.upstreamTLS[cloud]?.roots)
            for lane in cloud == "azure" && setup.hasReservedLane ? [Lane.reserved, .onDemand] : [.onDemand] {
                deployments.append(
                    DeploymentSettings(
                        deployment: Deployment(
                            id: deployment(cloud, lane: lane), cloud: cloud, account: "test", region: "simulated-1",
                            lane: lane, model: "gpt", publisher: "openai", features: features(of: provider),
                            rank: rank * 10, capacityOffer: setup.capacityOffers[cloud]),
                        upstream: cloud, upstreamModel: lane == .reserved ? "gpt-ptu" : "gpt",
                        price: setup.prices[cloud]))
            }
        }
        if let port = setup.twin, let first = deployments.last(where: { $0.upstream == "azure" }) {
            upstreams["twin"] = UpstreamSettings(
                provider: .azureV1,
                url: UpstreamURL(endpoint: .init(host: "127.0.0.1", port: port, usesTLS: false), path: ""),
                apiKey: nil, authentication: .none)
            var twin = first
            twin.upstream = "twin"
            twin.deployment = first.deployment.named("azure-twin", serving: first.deployment.features)
            deployments.append(twin)
        }
        var configuration = GatewayConfiguration(
            listen: ListenAddress(host: "127.0.0.1", port: 0), dataFolder: folder, agreementFiles: [],
            enforcement: setup.enforcement, threads: setup.threads, durability: .strict,
            onLedgerLoss: setup.onLedgerLoss, limits: setup.limits, upstreams: upstreams, deployments: deployments,
            derivatives: setup.derivatives, recorders: setup.recorders, accessLog: setup.accessLog)
        configuration.listenTLS = setup.listenTLS
        return configuration
    }
}
