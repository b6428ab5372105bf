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
    package let book: FactBook
    package let ledger: LedgerPort
    package let clock: GatewayClock
    package let salts: CommitmentSalts
    /// The first eight digits of the log's identifier.
    package let logPrefix: String
    /// How often a gateway has been started on the log.
    package let boot: UInt64
    /// The text of `/metrics` beyond what the loops count.
    package let extraMetrics: @Sendable () -> String
    package let loops: LoopRegistry
    package let overload: Overload
    package let observing: GatewayObserving
    let stateHomes = StateHomes()
    /// Tells people, once for all loops, of what does not work.
    let alarm: RoutingAlarm
    let initialKeys: KeyTable
    let initialSettings: LoopSettings

    package init(
        settings: LoopSettings, book: FactBook, ledger: LedgerPort, clock: GatewayClock, salts: CommitmentSalts,
        logPrefix: String, boot: UInt64, keys: KeyTable, loops: LoopRegistry, overload: Overload = Overload(),
        extraMetrics: @escaping @Sendable () -> String, observing: GatewayObserving = GatewayObserving(),
        report: @escaping @Sendable (RoutingNotice) -> Void = { _ in }
    ) {
        self.book = book
        self.ledger = ledger
        self.clock = clock
        self.salts = salts
        self.logPrefix = logPrefix
        self.boot = boot
        self.loops = loops
        self.overload = overload
        self.initialKeys = keys
        self.initialSettings = settings
        self.extraMetrics = extraMetrics
        self.observing = observing
        alarm = RoutingAlarm(report)
    }
}
