// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import Providers
internal import Wire

/// What the deployments of one upstream share: its TLS and its key.
struct UpstreamAccess {
    private let name: String
    private let settings: UpstreamSettings
    private let tls: CurrentTLS?
    private let authentication: UpstreamAuthentication

    /// Finds the key and sets up TLS.
    init(
        _ settings: UpstreamSettings, name: String, environment: [String: String], warn: (String) -> Void
    ) throws(ConfigurationError) {
        self.name = name
        self.settings = settings
        authentication = try Self.authentication(settings, name: name, environment: environment, warn: warn)
        tls =
            try settings.url.endpoint.usesTLS
            ? CurrentTLS(UpstreamTrust.context(upstream: name, caFile: settings.caFile)) : nil
    }

    /// How a deployment is reached.
    func target(of deployment: DeploymentSettings, version: String) throws(ConfigurationError) -> UpstreamTarget {
        do throws(UpstreamConfigurationError) {
            let isRenamed = deployment.upstreamModel != deployment.deployment.model
            return UpstreamTarget(
                endpoint: settings.url.endpoint, tls: tls, kind: settings.provider,
                paths: try paths(of: deployment),
                upstreamModel: isRenamed ? JSONText.encode(deployment.upstreamModel) : nil,
                headers: try UpstreamHeaders(
                    kind: settings.provider, authentication: authentication, version: version,
                    organization: settings.organization, project: settings.project),
                credential: "upstream " + name, contractedTokensPerMinute: deployment.tokensPerMinute)
        } catch {
            throw ConfigurationError(.upstream, "upstream `\(name)`: \(error.message)", cause: error)
        }
    }

    /// The paths of the operations that a deployment serves.
    private func paths(
        of deployment: DeploymentSettings
    ) throws(UpstreamConfigurationError) -> [APIOperation: String] {
        var paths: [APIOperation: String] = [:]
        for operation in settings.provider.operations {
            guard let bit = FeatureSet(operation: operation.name), deployment.deployment.features.contains(bit) else {
                continue
            }
            paths[operation] = try UpstreamPath.path(
                of: operation, kind: settings.provider, basePath: settings.url.path,
                deployment: deployment.upstreamModel, apiVersion: settings.apiVersion)
        }
        return paths
    }

    private static func authentication(
        _ settings: UpstreamSettings, name: String, environment: [String: String], warn: (String) -> Void
    ) throws(ConfigurationError) -> UpstreamAuthentication {
        guard let source = settings.apiKey, settings.authentication != .none else { return .none }
        let resolved: ResolvedSecret
        do throws(ConfigurationError) {
            resolved = try source.resolve(environment: environment)
        } catch {
            throw ConfigurationError(error.code, "upstream `\(name)`: \(error.message)", cause: error.cause)
        }
        if let warning = resolved.warning { warn("upstream `\(name)`: \(warning)") }
        do throws(UpstreamConfigurationError) {
            let key = resolved.secret.revealed()
            return settings.authentication == .apiKey ? try .azureAPIKey(key) : try .bearer(key)
        } catch {
            throw ConfigurationError(.upstream, "upstream `\(name)`: \(error.message)", cause: error)
        }
    }
}
