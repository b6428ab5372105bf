// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import CloudSimulator
internal import Gateway
internal import NIOCore
internal import Providers

/// The three simulated clouds of a demonstration, and a configuration that reaches them.
struct DemoClouds: Sendable {
    /// Tokens a minute of each cloud that is not the primary: more than any demonstration asks for.
    static let otherTokensPerMinute = 10_000_000

    let servers: [(cloud: String, server: CloudServer)]
    let configuration: GatewayConfiguration

    /// Starts the clouds.
    ///
    /// - Parameters:
    ///   - options: limits and speed.
    ///   - models: the models that the traffic asks for.
    ///   - dataFolder: where the gateway's ledger goes.
    ///   - group: the event loops of the clouds.
    /// - Returns: the clouds, which serve, and the configuration that reaches them.
    /// - Throws: a `CloudError` for limits that no cloud can have, or what kept a server from listening.
    static func start(
        _ options: DemoOptions, models: [String], dataFolder: String, group: any EventLoopGroup
    ) async throws -> DemoClouds {
        let reserved =
            options.primaryTokensPerMinute / 100 * options.reservedPercent
            + options.primaryTokensPerMinute % 100 * options.reservedPercent / 100
        let azure = [
            CloudLane(deployments: models.map { $0 + "-ptu" }, kind: .reserved, tokensPerMinute: reserved),
            CloudLane(
                deployments: models, kind: .onDemand, tokensPerMinute: options.primaryTokensPerMinute - reserved),
        ]
        let other = [CloudLane(deployments: models, kind: .onDemand, tokensPerMinute: otherTokensPerMinute)]
        var servers: [(cloud: String, server: CloudServer)] = []
        for (name, dialect, lanes) in [
            ("azure", CloudDialect.azure, azure), ("aws", .bedrock, other), ("oracle", .compatible, other),
        ] {
            let cloud = try SimulatedCloud(
                name: name, dialect: dialect, lanes: lanes, speed: options.speed, seed: options.seed)
            servers.append((name, try await CloudServer.start(cloud, group: group)))
        }
        return DemoClouds(
            servers: servers,
            configuration: try configuration(options, models: models, dataFolder: dataFolder, servers: servers))
    }

    private static func configuration(
        _ options: DemoOptions, models: [String], dataFolder: String, servers: [(cloud: String, server: CloudServer)]
    ) throws -> GatewayConfiguration {
        var upstreams: [String: UpstreamSettings] = [:]
        var deployments: [DeploymentSettings] = []
        for (rank, (cloud, server)) in servers.enumerated() {
            let (provider, path): (ProviderKind, String) =
                switch cloud {
                case "azure": (.azureV1, "/openai/v1")
                case "aws": (.bedrockOpenAI, "/openai/v1")
                default: (.compatible, "/v1")
                }
            upstreams[cloud] = UpstreamSettings(
                provider: provider,
                url: UpstreamURL(
                    endpoint: .init(host: server.host, port: server.port, usesTLS: false), path: path),
                apiKey: nil, authentication: .none)
            let lanes: [(Lane, String)] = cloud == "azure" ? [(.reserved, "-ptu"), (.onDemand, "")] : [(.onDemand, "")]
            for model in models {
                for (lane, suffix) in lanes {
                    deployments.append(
                        DeploymentSettings(
                            deployment: Deployment(
                                id: "\(cloud)-\(model)-\(lane.name)", cloud: cloud, account: "simulated",
                                region: "simulated-1", lane: lane, model: model, publisher: "openai",
                                features: FeatureSet(rawValue: .max), rank: rank * 10),
                            upstream: cloud, upstreamModel: model + suffix))
                }
            }
        }
        var configuration = GatewayConfiguration(
            listen: ListenAddress(host: "127.0.0.1", port: 0), dataFolder: dataFolder, agreementFiles: [],
            enforcement: [:], threads: 1, durability: .strict, onLedgerLoss: .servePrimary, limits: GatewayLimits(),
            upstreams: upstreams, deployments: deployments)
        configuration.speed = Int64(options.speed)
        return configuration
    }
}
