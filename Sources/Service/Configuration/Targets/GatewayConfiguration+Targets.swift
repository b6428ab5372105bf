// SPDX-License-Identifier: Apache-2.0

internal import Agreement
package import Gateway

extension GatewayConfiguration {
    /// Finds the secrets, sets up TLS and makes what the data plane needs to reach each deployment.
    ///
    /// - Parameters:
    ///   - environment: the environment variables of the process.
    ///   - version: Concordat's version, for `user-agent`.
    ///   - warn: is told of what works and should be mended, such as a secret that others can read.
    /// - Returns: the targets of all deployments.
    /// - Throws: ``ConfigurationError`` with everything that is wrong, a line for each upstream.
    package func makeTargets(
        environment: [String: String], version: String, warn: (String) -> Void = { _ in }
    ) throws(ConfigurationError) -> UpstreamTargets {
        var targets: [String: UpstreamTarget] = [:]
        var errors: [ConfigurationError] = []
        for (name, upstream) in upstreams.sorted(by: { $0.key < $1.key }) {
            do throws(ConfigurationError) {
                let access = try UpstreamAccess(upstream, name: name, environment: environment, warn: warn)
                for settings in deployments where settings.upstream == name {
                    targets[settings.deployment.id] = try access.target(of: settings, version: version)
                }
            } catch {
                errors.append(error)
            }
        }
        if let first = errors.first {
            throw ConfigurationError(
                first.code, errors.map(\.message).joined(separator: "\n"), cause: first.cause)
        }
        return UpstreamTargets(
            targets,
            prices: PriceTable(
                deployments.map {
                    PriceTable.Line(deployment: $0.deployment.id, model: $0.deployment.model, price: $0.price)
                }))
    }
}
