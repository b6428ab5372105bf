// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Gateway
package import Logging
internal import NIOCore
internal import ServiceLifecycle

/// A gateway as a service: it runs until it is told to stop, and then drains.
package struct GatewayService: ServiceLifecycle.Service {
    private let configuration: GatewayConfiguration
    private let logger: Logger

    package init(configuration: GatewayConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    package func run() async throws {
        let application = try await GatewayApplication.start(configuration, logger: logger)
        logger.notice(
            "serving",
            metadata: [
                "address": "\(application.server.address.hostAndPort)", "data": "\(application.node.folder)",
                "version": "\(Release.version)",
            ])
        try? await gracefulShutdown()
        logger.notice("stopping: requests in flight may end")
        await application.stop()
        logger.notice("stopped")
    }
}

extension SocketAddress {
    /// `host:port`, as in a URL.
    package var hostAndPort: String {
        let host = ipAddress ?? "localhost"
        return "\(host.contains(":") ? "[\(host)]" : host):\(port ?? 0)"
    }
}
