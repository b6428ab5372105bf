// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation
package import Gateway
package import Logging
internal import NIOCore
internal import NIOPosix
internal import Records
package import Store
internal import Synchronization

/// A whole gateway: a data folder in use, the data plane over it, and the socket for commands.
package final class GatewayApplication: Sendable {
    /// How far the wall clock may be from the steady one before that is written down, in milliseconds.
    static let clockStepMilliseconds: Int64 = 5_000

    package let node: LedgerNode
    package let server: GatewayServer
    /// Carries out orders on the running gateway.
    package let operations: Operator
    /// Puts the configuration in force again.
    package let reloader: Reloader
    private let control: ControlSocket
    private let clockWatch: Task<Void, Never>
    private let memoryWatch: Task<Void, Never>
    let accessLog: LineWriter?
    /// The certificates and roots in use, and the watch over their files.
    package let tls: TLSFiles
    private let tlsWatch: Task<Void, Never>

    private init(
        node: LedgerNode, server: GatewayServer, operations: Operator, reloader: Reloader, control: ControlSocket,
        clockWatch: Task<Void, Never>, memoryWatch: Task<Void, Never>, accessLog: LineWriter?, tls: TLSFiles
    ) {
        self.node = node
        self.server = server
        self.operations = operations
        self.reloader = reloader
        self.control = control
        self.clockWatch = clockWatch
        self.memoryWatch = memoryWatch
        self.accessLog = accessLog
        self.tls = tls
        tlsWatch = tls.watch()
    }

    /// Starts a gateway.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - given: agreements to adopt besides those of the configuration's files.
    ///   - trial: agreements under which traffic is decided as well, without consequences.
    ///   - environment: the environment variables, for secrets.
    ///   - source: where the configuration can be read again; `nil` where it came from no file.
    ///   - stamps: the files of that reading, as they stood before it.
    ///   - logger: for what people should read.
    ///   - calls: how the ledger changes files; the system's calls outside tests.
    /// - Returns: the gateway, which serves.
    /// - Throws: a ``ServiceError`` for what people can mend, or what kept a part from starting.
    package static func start(
        _ configuration: GatewayConfiguration, readings given: [(file: String, reading: AgreementReading)] = [],
        trial: TrialAgreements? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        source: ConfigurationSource? = nil, stamps: [String: FileStamp] = [:], logger: Logger,
        calls: any FileCalls = SystemFileCalls()
    ) async throws -> GatewayApplication {
        ProcessMetrics.begin()
        let prepared = try PreparedConfiguration(configuration, given: given, environment: environment) { warning in
            logger.warning("configuration", metadata: ["warning": "\(warning)"])
        }
        let tls = try TLSFiles(
            configuration, targets: prepared.targets, environment: environment, logger: logger)
        let node = try LedgerNode(
            folder: configuration.dataFolder, durability: configuration.durability == .strict ? .strict : .relaxed,
            calls: calls
        ) { logger.error("ledger", metadata: ["trouble": "\($0)"]) }
        for note in node.notes { logger.notice("ledger", metadata: ["note": "\(note)"]) }
        let accessLog = accessLog(configuration, logger: logger)
        do {
            let counts = ReloadCounts()
            let overload = Overload(memoryBytesMax: configuration.limits.memoryBytesMax)
            let (server, operations, control, reload) = try await start(
                prepared, trial: trial, node: node, counts: counts, overload: overload, accessLog: accessLog,
                tls: tls, logger: logger)
            let reloader = Reloader(
                prepared, source: source, stamps: stamps, given: given, node: node, server: server, tls: tls,
                logger: logger, counts: counts)
            reload.value.withLock { $0 = reloader }
            return GatewayApplication(
                node: node, server: server, operations: operations, reloader: reloader, control: control,
                clockWatch: watchClock(node, logger: logger), memoryWatch: MemoryWatch.start(overload, logger: logger),
                accessLog: accessLog, tls: tls)
        } catch {
            accessLog?.close()
            node.close()
            throw error
        }
    }

    private static func start(
        _ prepared: PreparedConfiguration, trial: TrialAgreements?, node: LedgerNode, counts: ReloadCounts,
        overload: Overload, accessLog: LineWriter?, tls: TLSFiles, logger: Logger
    ) async throws -> (GatewayServer, Operator, ControlSocket, SendableBox<Mutex<Reloader?>>) {
        let configuration = prepared.configuration
        let boot = try begin(prepared, node: node, logger: logger)
        if let trial { node.book.tryOut(trial) }

        let serving = SendableBox(Mutex<GatewayServer?>(nil))
        let reloader = SendableBox(Mutex<Reloader?>(nil))
        let operations = Operator(
            node: node, pepper: try Pepper.read(of: node),
            prices: { reloader.value.withLock { $0?.prices } ?? prepared.targets.prices },
            useKeys: { table in serving.value.withLock { $0 }?.use(table) ?? { @Sendable () async in } },
            reload: { () async throws(ServiceError) in
                guard let reloader = reloader.value.withLock({ $0 }) else {
                    return try await Operator.nothingToReload()
                }
                return try await reloader.reload("order")
            })
        // What keys have spent is read from the tables, which have to hold what was settled above.
        try await node.settle()
        let shared = GatewayShared(
            settings: prepared.loopSettings, book: node.book, ledger: node.ledger, clock: node.clock,
            salts: CommitmentSalts(secret: node.log.saltSecret), logPrefix: node.logPrefix, boot: boot,
            keys: try operations.keyTable(), loops: node.loops, overload: overload,
            extraMetrics: { [log = node.log] in ownMetrics(log, accessLog: accessLog) + counts.text + tls.metricsText },
            observing: observing(configuration, accessLog: accessLog), report: { logger.log($0) })
        let server = try await GatewayServer.start(
            shared: shared, host: configuration.listen.host, port: configuration.listen.port,
            threads: configuration.threads, tls: tls.listener)
        serving.value.withLock { $0 = server }
        let control = try await ControlSocket.open(
            folder: node.folder, group: MultiThreadedEventLoopGroup.singleton
        ) { order in await operations.carryOut(order) }
        return (server, operations, control, reloader)
    }

    /// Begins a gateway's time on the log and puts the configuration in force; gives the number of the start.
    private static func begin(
        _ prepared: PreparedConfiguration, node: LedgerNode, logger: Logger
    ) throws(ServiceError) -> UInt64 {
        let interrupted = try node.settleInterrupted()
        if interrupted > 0 {
            logger.notice("settled requests that were in flight", metadata: ["requests": "\(interrupted)"])
        }
        let boot = try node.begin()
        for (file, reading) in prepared.readings {
            for adoption in try node.adopt(reading, file: file) where adoption.isNew {
                logger.notice(
                    "adopted", metadata: ["agreement": "\(adoption.agreement)", "instrument": "\(adoption.instrument)"])
            }
        }
        try ConfigurationFit.check(prepared.configuration, node.book.snapshot.facts)
        try node.configure(prepared.configuration.placementConfiguration)
        return boot
    }

    /// Lets requests in flight end, writes everything down and gives the folder free.
    package func stop() async {
        clockWatch.cancel()
        memoryWatch.cancel()
        tlsWatch.cancel()
        control.refuseOrders()
        await server.stop()
        await reloader.stop()
        await control.close()
        accessLog?.close()
        node.end()
        node.close()
    }

    // MARK: Around

    /// Compares the wall clock with the steady one each second.
    private static func watchClock(_ node: LedgerNode, logger: Logger) -> Task<Void, Never> {
        Task {
            let start = (wall: GatewayClock.systemNanoseconds(), steady: ContinuousClock.now)
            var offset: Int64 = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                let passed = ContinuousClock.now - start.steady
                let steady = passed.components.seconds * 1_000_000_000 + passed.components.attoseconds / 1_000_000_000
                let expected = start.wall + steady + offset
                let found = GatewayClock.systemNanoseconds()
                guard abs(found - expected) > clockStepMilliseconds * 1_000_000 else { continue }
                offset += found - expected
                logger.warning(
                    "the wall clock was set",
                    metadata: [
                        "expected": "\(Instant(nanoseconds: expected))", "found": "\(Instant(nanoseconds: found))",
                    ])
                node.recordClockStep(
                    expected: Instant(nanoseconds: expected), found: Instant(nanoseconds: found))
            }
        }
    }
}
