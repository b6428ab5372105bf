// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Gateway

/// Everything that `concordat.yaml` says, as plain values; secrets are named in it and not held.
package struct GatewayConfiguration: Sendable, Equatable {
    /// Where clients connect.
    package var listen: ListenAddress
    /// The folder with the ledger and the state, as an absolute path.
    package var dataFolder: String
    /// The files of the agreements as absolute paths, in the order in which they are read.
    package var agreementFiles: [String]
    /// The enforcement of each agreement that is named; others are enforced.
    package var enforcement: [String: Enforcement]
    /// How many event loops serve, 1 to ``ConfigurationLimits/threadsMax``.
    package var threads: Int
    /// When an entry of the ledger counts as written.
    package var durability: ConfiguredDurability
    /// What happens to requests while the ledger can't be written.
    package var onLedgerLoss: LedgerLossPolicy
    /// The limits of the data plane.
    package var limits: GatewayLimits
    /// How provider accounts are reached, by name.
    package var upstreams: [String: UpstreamSettings]
    /// The deployments, by identifier; identifiers are unique and their upstreams are in ``upstreams``.
    package var deployments: [DeploymentSettings]
    /// The base of each model that is derived from another.
    package var derivatives: [String: String]
    /// Who attests to evidence, by identifier; while there is none, the names of persons are enough.
    package var recorders: [Recorder]
    /// Where each request's line goes; `nil` where none is kept.
    package var accessLog: AccessLogSettings?
    /// The certificate to show to clients; `nil` to serve without TLS.
    package var listenTLS: ListenTLS?
    /// How many times faster than real time capacity windows age; no file sets it, only the demonstration does.
    package var speed: Int64 = 1

    package init(
        listen: ListenAddress, dataFolder: String, agreementFiles: [String], enforcement: [String: Enforcement],
        threads: Int, durability: ConfiguredDurability, onLedgerLoss: LedgerLossPolicy, limits: GatewayLimits,
        upstreams: [String: UpstreamSettings], deployments: [DeploymentSettings],
        derivatives: [String: String] = [:], recorders: [Recorder] = [], accessLog: AccessLogSettings? = nil
    ) {
        self.listen = listen
        self.dataFolder = dataFolder
        self.agreementFiles = agreementFiles
        self.enforcement = enforcement
        self.threads = threads
        self.durability = durability
        self.onLedgerLoss = onLedgerLoss
        self.limits = limits
        self.upstreams = upstreams
        self.deployments = deployments
        self.derivatives = derivatives
        self.recorders = recorders
        self.accessLog = accessLog
    }

    /// What decisions read of it.
    package var placementConfiguration: PlacementConfiguration {
        PlacementConfiguration(
            deployments: DeploymentTable(deployments.map(\.deployment)), enforcement: enforcement, speed: speed,
            derivatives: derivatives, recorders: recorders)
    }
}
