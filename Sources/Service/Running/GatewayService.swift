// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import Gateway
package import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A gateway as a service: it runs until it is told to stop, and then drains.
package struct GatewayService: ServiceLifecycle.Service {
    private let configuration: GatewayConfiguration
    private let trial: TrialAgreements?
    private let logger: Logger

    /// A gateway that will run.
    ///
    /// - Parameters:
    ///   - configuration: what its file says.
    ///   - trial: agreements under which traffic is decided as well, without consequences.
    ///   - logger: for what people should read.
    package init(configuration: GatewayConfiguration, trial: TrialAgreements? = nil, logger: Logger) {
        self.configuration = configuration
        self.trial = trial
        self.logger = logger
    }

    package func run() async throws {
        let application = try await GatewayApplication.start(configuration, trial: trial, logger: logger)
        logger.notice(
            "serving",
            metadata: [
                "address": "\(application.server.address.hostAndPort)", "data": "\(application.node.folder)",
                "version": "\(Release.version)",
            ])
        // Those who rotate logs say so by SIGHUP, which does nothing else here.
        let hangups = DispatchSource.makeSignalSource(signal: SIGHUP)
        hangups.setEventHandler { application.reopenAccessLog() }
        hangups.resume()
        try? await gracefulShutdown()
        hangups.cancel()
        logger.notice("stopping: requests in flight may end")
        if trial != nil { report(await application.server.metrics()) }
        await application.stop()
        logger.notice("stopped")
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
