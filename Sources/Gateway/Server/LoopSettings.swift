// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What one configuration sets on every event loop, each of which takes all of it over at one moment.
package final class LoopSettings: Sendable {
    /// What decisions read of the same configuration: targets are for its deployments and no others.
    package let configuration: PlacementConfiguration
    package let limits: GatewayLimits
    package let onLedgerLoss: LedgerLossPolicy
    package let targets: UpstreamTargets

    /// The settings of a configuration.
    ///
    /// - Parameters:
    ///   - configuration: what decisions read of it.
    ///   - limits: the limits of the data plane.
    ///   - onLedgerLoss: what happens to requests while the ledger can't be written.
    ///   - targets: how each deployment is reached.
    package init(
        configuration: PlacementConfiguration, limits: GatewayLimits, onLedgerLoss: LedgerLossPolicy,
        targets: UpstreamTargets
    ) {
        self.configuration = configuration
        self.limits = limits
        self.onLedgerLoss = onLedgerLoss
        self.targets = targets
    }
}
