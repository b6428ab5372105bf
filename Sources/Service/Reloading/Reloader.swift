// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import Logging
internal import Synchronization

/// Puts the configuration's file in force again while the gateway serves: whole, or not at all.
///
/// Everything is read and judged before anything changes. What decisions depend on enters the ledger as facts, together;
/// each event loop takes over its own settings at the moment in which it takes over those facts. Requests in flight keep
/// the deployments and credentials with which they began, and keys, windows, evidence and sums are not touched.
package actor Reloader {
    private let source: ConfigurationSource?
    private let given: [(file: String, reading: AgreementReading)]
    private let node: LedgerNode
    private let server: GatewayServer
    private let tls: TLSFiles
    private let logger: Logger
    private let counts: ReloadCounts
    private var inForce: PreparedConfiguration {
        didSet { presentPrices.withLock { $0 = inForce.targets.prices } }
    }
    private let presentPrices: Mutex<PriceTable>
    /// The reload that was asked for last; one goes after the other.
    private var last: Task<Result<ReloadOutcome, ServiceError>, Never>?
    private var isStopped = false
    /// The files that were read last, as they stood before that.
    private(set) var stamps: [String: FileStamp]

    init(
        _ inForce: PreparedConfiguration, source: ConfigurationSource?, stamps: [String: FileStamp],
        given: [(file: String, reading: AgreementReading)], node: LedgerNode, server: GatewayServer, tls: TLSFiles,
        logger: Logger, counts: ReloadCounts
    ) {
        self.inForce = inForce
        presentPrices = Mutex(inForce.targets.prices)
        self.source = source
        self.stamps = stamps
        self.given = given
        self.node = node
        self.server = server
        self.tls = tls
        self.logger = logger
        self.counts = counts
    }

    /// What deployments cost at present.
    nonisolated var prices: PriceTable { presentPrices.withLock { $0 } }

    /// Reads the configuration again and puts it in force.
    ///
    /// - Parameter cause: why, for the message.
    /// - Returns: what changed.
    /// - Throws: why nothing was changed.
    @discardableResult
    package func reload(_ cause: String) async throws(ServiceError) -> ReloadOutcome {
        let before = last
        let task = Task<Result<ReloadOutcome, ServiceError>, Never> {
            _ = await before?.value
            return await self.perform(cause)
        }
        last = task
        return try await task.value.get()
    }

    /// Lets the reload that goes on end, and begins none any more.
    func stop() async {
        isStopped = true
        _ = await last?.value
    }

    private func perform(_ cause: String) async -> Result<ReloadOutcome, ServiceError> {
        guard !isStopped else { return .failure(.stopping(isReload: true)) }
        do throws(ServiceError) {
            let outcome = try await replace()
            counts.count(outcome.isChange ? .applied : .unchanged)
            for warning in outcome.warnings { logger.warning("configuration", metadata: ["warning": "\(warning)"]) }
            // A signal gets an answer; the watch tells what changed and no more.
            let level: Logger.Level = outcome.isChange || cause != Self.watchCause ? .notice : .debug
            logger.log(
                level: level, "reloaded",
                metadata: [
                    "cause": "\(cause)", "changed": "\(outcome.changed.joined(separator: " "))",
                    "adopted": "\(outcome.adopted.joined(separator: " "))",
                ])
            return .success(outcome)
        } catch {
            counts.count(error.code == .failed ? .failed : .refused)
            logger.error(
                "the configuration was not reloaded; the one before stays in force",
                metadata: ["cause": "\(cause)", "error": "\(Self.line(of: error.message))"])
            return .failure(error)
        }
    }

    /// The cause of reloads that nobody asked for.
    static let watchCause = "file"

    private func replace() async throws(ServiceError) -> ReloadOutcome {
        var warnings: [String] = []
        let next = try prepare(&warnings)
        let change = ConfigurationChange(from: inForce, to: next)
        try change.check()
        do throws(ConfigurationError) {
            try tls.check(next.configuration)
        } catch {
            throw ServiceError(.refused, error.message)
        }
        let placement = next.configuration.placementConfiguration
        let check = { (facts: Facts) throws(ServiceError) in try ConfigurationFit.check(next.configuration, facts) }
        try node.checkReplacing(next.readings, check: check)

        let settings = next.loopSettings
        let isOtherPlacement = placement != node.book.snapshot.facts.configuration
        // The loops know how the new deployments are reached before a fact names them.
        if isOtherPlacement { await server.use(settings) }
        let adoptions = try node.replace(placement, next.readings, check: check)
        let adopted = adoptions.filter(\.isNew)
        if isOtherPlacement || !adopted.isEmpty { try await holdForGood(placement, adopted) }
        if !isOtherPlacement { await server.use(settings) }
        await server.endReload()
        inForce = next
        tls.follow(next.configuration, targets: next.targets)
        tls.reload()
        return ReloadOutcome(
            changed: change.names, adopted: adopted.map { "\($0.agreement)/\($0.instrument)" }, warnings: warnings)
    }

    /// Reads everything that the file names.
    private func prepare(_ warnings: inout [String]) throws(ServiceError) -> PreparedConfiguration {
        guard let source else {
            throw ServiceError(
                .refused, "This gateway was started without a configuration file; there is nothing to read.")
        }
        let reading = source.read()
        stamps = reading.stamps
        guard let configuration = reading.configuration else {
            let errors = reading.diagnostics.filter { $0.severity == .error }
            throw ServiceError(
                reading.isUnreadable ? .failed : .refused, errors.map(\.rendered).joined(separator: "\n"))
        }
        var found = reading.diagnostics.map(\.rendered)
        defer { warnings = found }
        do {
            return try PreparedConfiguration(configuration, given: given, environment: source.environment()) {
                found.append($0)
            }
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
    }

    /// Waits until the ledger holds the new facts; where it lost them, everybody has gone back to those before.
    private func holdForGood(
        _ placement: PlacementConfiguration, _ adopted: [LedgerNode.Adoption]
    ) async throws(ServiceError) {
        try await node.settle()
        let facts = node.book.snapshot.facts
        let isThere = adopted.allSatisfy { adoption in
            facts.agreements[adoption.agreement]?.instruments.contains { $0.id == adoption.instrument } ?? false
        }
        guard facts.configuration == placement, isThere else { throw LedgerNode.ledgerTrouble }
    }

    /// The message on one line, as logs have it.
    private static func line(of message: String) -> String {
        let lines = message.split(separator: "\n").map { $0.drop { $0 == " " } }
        return lines.filter { !$0.contains(" | ") && !$0.hasPrefix("|") }.joined(separator: "; ")
    }
}
