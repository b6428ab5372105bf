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
    private let control: ControlSocket
    private let clockWatch: Task<Void, Never>

    private init(
        node: LedgerNode, server: GatewayServer, operations: Operator, control: ControlSocket,
        clockWatch: Task<Void, Never>
    ) {
        self.node = node
        self.server = server
        self.operations = operations
        self.control = control
        self.clockWatch = clockWatch
    }

    /// Starts a gateway.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - given: agreements to adopt besides those of the configuration's files.
    ///   - trial: agreements under which traffic is decided as well, without consequences.
    ///   - environment: the environment variables, for secrets.
    ///   - logger: for what people should read.
    ///   - calls: how the ledger changes files; the system's calls outside tests.
    /// - Returns: the gateway, which serves.
    /// - Throws: a ``ServiceError`` for what people can mend, or what kept a part from starting.
    package static func start(
        _ configuration: GatewayConfiguration, readings given: [(file: String, reading: AgreementReading)] = [],
        trial: TrialAgreements? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        logger: Logger,
        calls: any FileCalls = SystemFileCalls()
    ) async throws -> GatewayApplication {
        let readings = try given + read(configuration.agreementFiles)
        let targets = try configuration.makeTargets(environment: environment, version: Release.version) { warning in
            logger.warning("configuration", metadata: ["warning": "\(warning)"])
        }
        let node = try LedgerNode(
            folder: configuration.dataFolder, durability: configuration.durability == .strict ? .strict : .relaxed,
            calls: calls
        ) { logger.error("ledger", metadata: ["trouble": "\($0)"]) }
        for note in node.notes { logger.notice("ledger", metadata: ["note": "\(note)"]) }
        do {
            return try await start(
                configuration, readings: readings, trial: trial, targets: targets, node: node, logger: logger)
        } catch {
            node.close()
            throw error
        }
    }

    private static func start(
        _ configuration: GatewayConfiguration, readings: [(file: String, reading: AgreementReading)],
        trial: TrialAgreements?, targets: UpstreamTargets, node: LedgerNode, logger: Logger
    ) async throws -> GatewayApplication {
        let interrupted = try node.settleInterrupted()
        if interrupted > 0 {
            logger.notice("settled requests that were in flight", metadata: ["requests": "\(interrupted)"])
        }
        let boot = try node.begin()
        for (file, reading) in readings {
            for adoption in try node.adopt(reading, file: file) where adoption.isNew {
                logger.notice(
                    "adopted", metadata: ["agreement": "\(adoption.agreement)", "instrument": "\(adoption.instrument)"])
            }
        }
        let known = node.book.snapshot.facts.agreements.keys
        if let unknown = configuration.enforcement.keys.sorted().first(where: { !known.contains($0) }) {
            throw ServiceError(
                .usage,
                "The configuration sets the enforcement of '\(unknown)', which is no adopted agreement; "
                    + "adopted are \(known.sorted().joined(separator: ", ")).")
        }
        try check(configuration.recorders, among: node.book.snapshot.facts.speakers)
        try node.configure(configuration.placementConfiguration)
        if let trial { node.book.tryOut(trial) }

        let keys = Mutex<(@Sendable (KeyTable) -> Void)?>(nil)
        let useKeys = SendableBox(keys)
        let operations = Operator(node: node, pepper: try Pepper.read(of: node)) { table in
            useKeys.value.withLock { $0?(table) }
        }
        let shared = GatewayShared(
            limits: configuration.limits, book: node.book, ledger: node.ledger, clock: node.clock,
            salts: CommitmentSalts(secret: node.log.saltSecret), logPrefix: node.logPrefix, boot: boot,
            onLedgerLoss: configuration.onLedgerLoss, keys: try operations.keyTable(), targets: targets,
            loops: node.loops, extraMetrics: { [log = node.log] in ledgerMetrics(log) },
            report: { logger.log($0) })
        try await node.settle()
        let server = try await GatewayServer.start(
            shared: shared, host: configuration.listen.host, port: configuration.listen.port,
            threads: configuration.threads)
        useKeys.value.withLock { $0 = { table in server.use(table) } }
        let control = try await ControlSocket.open(
            folder: node.folder, group: MultiThreadedEventLoopGroup.singleton
        ) { order in await operations.carryOut(order) }
        return GatewayApplication(
            node: node, server: server, operations: operations, control: control,
            clockWatch: watchClock(node, logger: logger))
    }

    /// Lets requests in flight end, writes everything down and gives the folder free.
    package func stop() async {
        clockWatch.cancel()
        await control.close()
        await server.stop()
        node.end()
        node.close()
    }

    /// A recorder who speaks for nobody would be a key that never counts, and nobody would notice.
    private static func check(_ recorders: [Recorder], among parties: [String]) throws(ServiceError) {
        for recorder in recorders {
            guard let unknown = recorder.parties.first(where: { !parties.contains($0) }) else { continue }
            throw ServiceError(
                .usage,
                "The configuration lets the recorder '\(recorder.id)' speak for '\(unknown)', which is no party of an "
                    + "adopted agreement; parties are \(parties.joined(separator: ", ")).")
        }
    }

    // MARK: Agreements

    private static func read(_ files: [String]) throws(ServiceError) -> [(file: String, reading: AgreementReading)] {
        var readings: [(file: String, reading: AgreementReading)] = []
        var errors: [String] = []
        for file in files {
            guard let content = FileManager.default.contents(atPath: file) else {
                throw ServiceError(
                    .failed, "The agreement \(file) can't be read; see that it exists and its permissions.")
            }
            let reading = AgreementReader.read(bytes: Array(content), file: file)
            errors += reading.diagnostics.filter { $0.severity == .error }.map(\.rendered)
            readings.append((file, reading))
        }
        guard errors.isEmpty else {
            throw ServiceError(.refused, errors.joined(separator: "\n"))
        }
        return readings
    }

    // MARK: Around

    private static func ledgerMetrics(_ log: DataLog) -> String {
        """
        # HELP concordat_ledger_entries_total Entries of the ledger that are on disk.
        # TYPE concordat_ledger_entries_total counter
        concordat_ledger_entries_total \(log.durableIndex)
        # HELP concordat_ledger_waiting Entries that wait for the disk.
        # TYPE concordat_ledger_waiting gauge
        concordat_ledger_waiting \(log.queue.lastSequence - min(log.queue.lastSequence, log.durableSequence))
        # HELP concordat_ledger_available Whether the ledger can be written.
        # TYPE concordat_ledger_available gauge
        concordat_ledger_available \(log.isAvailable ? 1 : 0)

        """
    }

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

/// Lets a value that can't be copied be captured by closures.
private final class SendableBox<Value: ~Copyable & Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) {
        self.value = value
    }
}
