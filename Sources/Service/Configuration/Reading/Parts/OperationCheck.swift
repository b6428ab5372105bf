// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Providers
internal import Wire

/// Settles which operations each deployment serves: what it lists, or what its provider has.
struct OperationCheck {
    private let providers: [String: ProviderKind]
    private let context: ReadingContext

    init(_ upstreams: [(id: String, value: UpstreamSettings)], _ context: ReadingContext) {
        providers = Dictionary(upstreams.map { ($0.id, $0.value.provider) }, uniquingKeysWith: { first, _ in first })
        self.context = context
    }

    /// Refuses operations that the provider does not have.
    func check(_ deployments: [(id: String, value: DeploymentReading)]) {
        for (id, deployment) in deployments {
            guard let written = deployment.operations, let provider = providers[deployment.settings.upstream] else {
                continue
            }
            let missing = written.subtracting(Self.operations(of: provider)).operationNames
            guard let first = missing.first else { continue }
            context.error(
                .operationNotServed, at: deployment.operationsPlace, offending: first,
                message: "the provider of `\(id)`, `\(provider.rawValue)`, has no operation `\(first)`",
                expected: "some of \(Self.operations(of: provider).operationNames.joined(separator: ", "))",
                mend: "take `\(first)` out, or leave `operations` out for all that the provider has")
        }
    }

    /// The features and operations of a deployment.
    func features(of deployment: DeploymentReading) -> FeatureSet {
        let features = deployment.settings.deployment.features
        guard deployment.operations == nil, let provider = providers[deployment.settings.upstream] else {
            return features
        }
        return features.union(Self.operations(of: provider))
    }

    private static func operations(of provider: ProviderKind) -> FeatureSet {
        FeatureSet(provider.operations.compactMap { FeatureSet(operation: $0.name) })
    }
}
