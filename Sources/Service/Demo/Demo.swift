// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import CloudSimulator
internal import Foundation
internal import Gateway
internal import Ledger
package import Logging
internal import NIOCore
internal import NIOPosix
internal import Records
internal import Replay
internal import Store

/// A demonstration: simulated clouds, a whole gateway, and traffic over real connections.
package final class Demo: Sendable {
    private let options: DemoOptions
    private let logger: Logger
    private let say: @Sendable (String) -> Void
    private let clouds: DemoClouds
    private let application: GatewayApplication
    private let cloudGroup: MultiThreadedEventLoopGroup
    private let clientGroup: MultiThreadedEventLoopGroup
    private let trace: TrafficTrace
    private let mix: TrafficMix
    private let keys: [String: String]

    /// Where the ledger is.
    package var dataFolder: String { application.node.folder }
    /// Where the gateway listens.
    package var address: String { application.server.address.hostAndPort }
    /// A key for whoever wants to send requests by hand.
    package var sampleKey: String { keys.sorted { $0.key < $1.key }.first?.value ?? "" }
    /// What the mix assumes.
    package var assumed: String { mix.describe(seed: options.seed) }

    private init(
        options: DemoOptions, logger: Logger, say: @escaping @Sendable (String) -> Void, clouds: DemoClouds,
        application: GatewayApplication, cloudGroup: MultiThreadedEventLoopGroup,
        clientGroup: MultiThreadedEventLoopGroup, trace: TrafficTrace, mix: TrafficMix, keys: [String: String]
    ) {
        self.options = options
        self.logger = logger
        self.say = say
        self.clouds = clouds
        self.application = application
        self.cloudGroup = cloudGroup
        self.clientGroup = clientGroup
        self.trace = trace
        self.mix = mix
        self.keys = keys
    }

    /// Starts the clouds and the gateway.
    ///
    /// - Parameters:
    ///   - options: what to show.
    ///   - logger: for the gateway's messages.
    ///   - say: prints a line for people.
    /// - Returns: the demonstration, whose gateway and clouds serve.
    /// - Throws: a ``ServiceError`` for options that can't be followed, or what kept a part from starting.
    package static func start(
        _ options: DemoOptions, logger: Logger, say: @escaping @Sendable (String) -> Void
    ) async throws -> Demo {
        let mix = try TrafficMix.read(path: options.mix ?? SharedFiles.find("demo/mix.csv"))
        var trace = try TraceReader.read(path: options.trace ?? SharedFiles.find("demo/trace.csv.gz"))
        if let most = options.requestsMax {
            trace = TrafficTrace(source: trace.source, rows: Array(trace.rows.prefix(most)), notes: trace.notes)
        }
        for note in trace.notes { say(note) }
        let agreement = try readAgreement(options)
        let folder = try makeFolder(options)
        let cloudGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let clientGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let models = Set(mix.entries.map(\.model)).sorted()
        let clouds = try await DemoClouds.start(options, models: models, dataFolder: folder, group: cloudGroup)
        var configuration = clouds.configuration
        if options.observes, let document = agreement.reading.document {
            configuration.enforcement[document.id] = .observe
        }
        let application = try await GatewayApplication.start(configuration, readings: [agreement], logger: logger)
        say("Trace      \(trace.source): \(trace.summary())")
        let through = options.through.map { ", through \($0)" } ?? ""
        say("Agreement  \(agreement.file)\(through)\(options.observes ? ", observed" : "")")
        say("Gateway    http://\(application.server.address.hostAndPort), ledger in \(folder)")
        for (cloud, server) in clouds.servers {
            say("Cloud      \(cloud) (simulated) at http://\(server.host):\(server.port)")
        }
        let keys = try await makeKeys(for: mix, application)
        try await recordDeclines(options.declined, application)
        return Demo(
            options: options, logger: logger, say: say, clouds: clouds, application: application,
            cloudGroup: cloudGroup, clientGroup: clientGroup, trace: trace, mix: mix, keys: keys)
    }

    /// Replays the trace and says what came of it.
    ///
    /// - Parameter progress: is shown how far it is, a few times a second.
    /// - Returns: the report, without the verification of the ledger.
    /// - Throws: what kept the clients from connecting or the ledger from being read.
    package func replay(progress: @escaping @Sendable (DemoProgress) -> Void) async throws -> DemoReport {
        let client = try await LoadClient(
            eventLoop: clientGroup.next(), host: "127.0.0.1", port: application.server.address.port ?? 0)
        let started = ContinuousClock.now
        let tally = DemoTally()
        let watch = Task { [application, rows = trace.rows] in
            while !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(500))
                let metrics = await application.server.metrics()
                progress(
                    DemoProgress(
                        total: rows.count, metrics: metrics, facts: application.node.book.snapshot.facts,
                        seconds: (ContinuousClock.now - started).seconds))
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for (arrival, row) in trace.rows.enumerated() {
                let due = started + .nanoseconds(row.offsetNanoseconds / Int64(options.speed))
                if due > ContinuousClock.now { try? await Task.sleep(until: due, clock: .continuous) }
                if Task.isCancelled { break }
                let entry = mix.draw(arrival: arrival, seed: options.seed)
                let key = keys[Self.keyName(entry)] ?? ""
                group.addTask {
                    tally.add(await client.send(key: key, body: RequestBody.make(row: row, entry: entry)))
                }
            }
            await group.waitForAll()
        }
        watch.cancel()
        await client.close()
        var report = tally.report()
        report.seconds = (ContinuousClock.now - started).seconds
        // A client has its last byte a moment before the gateway has written the placement down.
        while await application.server.metrics().requestsInFlight > 0 { try await Task.sleep(for: .milliseconds(2)) }
        try await application.node.settle()
        try account(&report)
        return report
    }

    /// Compares what the ledger says with what the clouds counted.
    private func account(_ report: inout DemoReport) throws {
        let tables = application.node.tables
        let tally = try tables.tally()
        report.accepted = tally.accepted
        report.placements = tally.placements
        report.refusals = tally.refusals
        report.spills = tally.spills
        report.departures = tally.departures
        var ledger: [String: (UInt64, UInt64)] = [:]
        for row in try tables.usage() {
            if row.outcome == "refused" {
                report.refusalsByReason[row.ground, default: 0] += row.requests
                continue
            }
            report.byCloud[row.cloud, default: 0] += row.requests
            if row.ground != "primary", row.ground != "not-covered" {
                report.spillsByGround["\(row.cloud), \(row.ground)", default: 0] += row.requests
            }
            if row.basis == "reported" {
                let before = ledger[row.cloud] ?? (0, 0)
                ledger[row.cloud] = (before.0 + row.promptTokens, before.1 + row.completionTokens)
            }
        }
        for (cloud, server) in clouds.servers {
            let counters = server.counters().total
            let (prompt, completion) = ledger[cloud] ?? (0, 0)
            report.tokens.append(
                DemoReport.TokenLine(
                    cloud: cloud, ledgerPrompt: prompt, ledgerCompletion: completion,
                    cloudPrompt: UInt64(counters.promptTokens), cloudCompletion: UInt64(counters.completionTokens)))
        }
        let windows = try tables.windows(limit: 1_000_000)
        report.windowsOpened = windows.count
        report.windowsClosed = windows.count { $0.closed != nil }
    }

    /// Verifies the ledger and decides everything again; best after ``stop()``, when the closing checkpoint is signed.
    package func verify(_ report: inout DemoReport) throws(ServiceError) {
        let audit = try LedgerAudit.run(folder: dataFolder, verifierKey: nil, earlierCheckpoints: [], decisions: true)
        report.ledgerEntries = audit.log.entries
        report.ledgerBytes = UInt64(audit.log.segmentBytes)
        report.root = audit.log.root.hex
        report.isVerified = audit.isIntact
        report.decisionsRepeated = audit.decisions?.tally.decisions ?? 0
        report.findings =
            audit.log.findings.map(\.description)
            + (audit.decisions?.findings ?? []).map { "entry \($0.index): \($0.message)" }
    }

    /// Stops the gateway and the clouds.
    package func stop() async {
        await application.stop()
        for (_, server) in clouds.servers { await server.stop() }
        try? await cloudGroup.shutdownGracefully()
        try? await clientGroup.shutdownGracefully()
    }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
