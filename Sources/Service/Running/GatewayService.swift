// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import Gateway
package import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

/// A gateway as a service: it runs until it is told to stop, and then drains.
package struct GatewayService: ServiceLifecycle.Service {
    private let configuration: GatewayConfiguration
    private let source: ConfigurationSource?
    private let stamps: [String: FileStamp]
    private let isWatched: Bool
    private let trial: TrialAgreements?
    private let logger: Logger

    /// A gateway that will run.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - source: where the configuration can be read again; `nil` where it came from no file.
    ///   - stamps: the files of that reading, as they stood before it.
    ///   - isWatched: whether a change of those files reloads the configuration.
    ///   - trial: agreements under which traffic is decided as well, without consequences.
    ///   - logger: for what people should read.
    package init(
        configuration: GatewayConfiguration, source: ConfigurationSource? = nil, stamps: [String: FileStamp] = [:],
        isWatched: Bool = true, trial: TrialAgreements? = nil, logger: Logger
    ) {
        self.configuration = configuration
        self.source = source
        self.stamps = stamps
        self.isWatched = isWatched
        self.trial = trial
        self.logger = logger
    }

    package func run() async throws {
        let application = try await GatewayApplication.start(
            configuration, trial: trial, source: source, stamps: stamps, logger: logger)
        let reloading = reload(application)
        logger.notice(
            "serving",
            metadata: [
                "address": "\(application.server.address.hostAndPort)", "data": "\(application.node.folder)",
                "version": "\(Release.version)",
            ])
        try? await gracefulShutdown()
        reloading.cancel()
        logger.notice("stopping: requests in flight may end")
        if trial != nil { report(await application.server.metrics()) }
        await application.stop()
        logger.notice("stopped")
    }

    /// Reloads and opens the access log anew at every SIGHUP and, unless that is not wanted, after every change of a file.
    private func reload(_ application: GatewayApplication) -> Task<Void, Never> {
        let reloader = application.reloader
        let hasFile = source != nil
        let isWatched = hasFile && isWatched
        return Task {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) {
                        application.reopenAccessLog()
                        if hasFile { _ = try? await reloader.reload("SIGHUP") }
                    }
                }
                if isWatched { group.addTask { await ConfigurationWatch(reloader).run() } }
            }
        }
    }

    /// Says what the agreements on trial would have changed.
    private func report(_ metrics: LoopMetrics) {
        logger.notice("decided on trial", metadata: ["decisions": "\(metrics.shadowDecisions)"])
        for (change, count) in metrics.shadowDifferences.sorted(by: { $0.value > $1.value }) {
            logger.notice(
                "the agreements on trial differ",
                metadata: ["now": "\(change.from)", "then": "\(change.to)", "decisions": "\(count)"])
        }
    }
}

extension SocketAddress {
    /// `host:port`, as in a URL.
    package var hostAndPort: String {
        let host = ipAddress ?? "localhost"
        return "\(host.contains(":") ? "[\(host)]" : host):\(port ?? 0)"
    }
}
