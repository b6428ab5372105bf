// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import NIOSSL
internal import Providers
internal import Wire

/// What the deployments of one upstream share: its TLS and its key.
struct UpstreamAccess {
    private let name: String
    private let settings: UpstreamSettings
    private let tls: NIOSSLContext?
    private let authentication: UpstreamAuthentication

    /// Finds the key and sets up TLS.
    init(
        _ settings: UpstreamSettings, name: String, environment: [String: String], warn: (String) -> Void
    ) throws(ConfigurationError) {
        self.name = name
        self.settings = settings
        authentication = try Self.authentication(settings, name: name, environment: environment, warn: warn)
        tls = settings.url.endpoint.usesTLS ? try Self.context(name: name, caFile: settings.caFile) : nil
    }

    /// How a deployment is reached.
    func target(of deployment: DeploymentSettings, version: String) throws(ConfigurationError) -> UpstreamTarget {
        do throws(UpstreamConfigurationError) {
            let isRenamed = deployment.upstreamModel != deployment.deployment.model
            return UpstreamTarget(
                endpoint: settings.url.endpoint, tls: tls, kind: settings.provider,
                chatPath: try UpstreamPath.chatCompletions(
                    kind: settings.provider, basePath: settings.url.path, deployment: deployment.upstreamModel,
                    apiVersion: settings.apiVersion),
                upstreamModel: isRenamed ? JSONText.encode(deployment.upstreamModel) : nil,
                headers: try UpstreamHeaders(
                    kind: settings.provider, authentication: authentication, version: version,
                    organization: settings.organization, project: settings.project),
                credential: "upstream " + name, contractedTokensPerMinute: deployment.tokensPerMinute)
        } catch {
            throw ConfigurationError(.upstream, "upstream `\(name)`: \(error.message)", cause: error)
        }
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

    /// TLS with full verification: no setting can turn it off, and an extra root adds to the system's.
    private static func context(name: String, caFile: String?) throws(ConfigurationError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let caFile {
            configuration.additionalTrustRoots = [.certificates(try roots(name: name, file: caFile))]
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ConfigurationError(
                .tls, "upstream `\(name)`: TLS can't be set up; see that the system has trusted roots installed",
                cause: error)
        }
    }

    private static func roots(name: String, file: String) throws(ConfigurationError) -> [NIOSSLCertificate] {
        var cause: (any Error)?
        do {
            let roots = try NIOSSLCertificate.fromPEMFile(file)
            if !roots.isEmpty { return roots }
        } catch {
            cause = error
        }
        throw ConfigurationError(
            .trustRoots,
            "upstream `\(name)`: \(file) holds no certificate that can be read; name a PEM file with the "
                + "root of the private authority", cause: cause)
    }
}
