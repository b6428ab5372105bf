// SPDX-License-Identifier: Apache-2.0

internal import Agreement
package import Records

/// What to do with requests while the ledger can't be written.
package enum LedgerLossPolicy: String, Sendable, CaseIterable {
    /// Requests for the primary go on, counted; nothing leaves it.
    case servePrimary = "serve-primary"
    /// Every request is answered with 503.
    case refuse
}

/// What the event loops of one gateway share; immutable or safe by itself.
package final class GatewayShared: Sendable {
    package let limits: GatewayLimits
    package let book: FactBook
    package let ledger: LedgerPort
    package let clock: GatewayClock
    package let salts: CommitmentSalts
    /// The first eight digits of the log's identifier.
    package let logPrefix: String
    /// How often a gateway has been started on the log.
    package let boot: UInt64
    package let onLedgerLoss: LedgerLossPolicy
    /// The text of `/metrics` beyond what the loops count.
    package let extraMetrics: @Sendable () -> String
    package let loops: LoopRegistry
    /// Says once for all loops what does not work.
    let alarm: RoutingAlarm
    let initialKeys: KeyTable
    let initialTargets: UpstreamTargets

    package init(
        limits: GatewayLimits, book: FactBook, ledger: LedgerPort, clock: GatewayClock, salts: CommitmentSalts,
        logPrefix: String, boot: UInt64, onLedgerLoss: LedgerLossPolicy, keys: KeyTable, targets: UpstreamTargets,
        loops: LoopRegistry, extraMetrics: @escaping @Sendable () -> String,
        report: @escaping @Sendable (RoutingNotice) -> Void = { _ in }
    ) {
        self.limits = limits
        self.book = book
        self.ledger = ledger
        self.clock = clock
        self.salts = salts
        self.logPrefix = logPrefix
        self.boot = boot
        self.onLedgerLoss = onLedgerLoss
        self.loops = loops
        self.initialKeys = keys
        self.initialTargets = targets
        self.extraMetrics = extraMetrics
        alarm = RoutingAlarm(report)
    }
}
