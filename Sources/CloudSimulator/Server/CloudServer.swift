// SPDX-License-Identifier: Apache-2.0

package import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A simulated cloud that listens: for the demo, tests and benchmarks.
package final class CloudServer: Sendable {
    private let listener: any Channel
    private let connections: OpenConnections
    private let shared: SharedCloud

    /// The address that it listens on.
    package let host: String
    package let port: Int

    private init(listener: any Channel, connections: OpenConnections, shared: SharedCloud, host: String, port: Int) {
        self.listener = listener
        self.connections = connections
        self.shared = shared
        self.host = host
        self.port = port
    }

    /// Binds and serves until ``stop()``.
    /// - Parameters:
    ///   - cloud: what it simulates.
    ///   - group: the event loops that it uses; the caller keeps and ends them.
    ///   - host: the address to listen on.
    ///   - port: 0 takes any free one.
    ///   - clock: what the limits are measured by; the delays of answers are the event loop's.
    /// - Returns: the server, which accepts connections.
    /// - Throws: ``CloudError`` with the code `notBound`.
    package static func start(
        _ cloud: SimulatedCloud,
        group: any EventLoopGroup,
        host: String = "127.0.0.1",
        port: Int = 0,
        clock: @escaping @Sendable () -> NIODeadline = { .now() }
    ) async throws(CloudError) -> CloudServer {
        let shared = SharedCloud(cloud, clock: clock)
        let connections = OpenConnections()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withPipeliningAssistance: false,
                        withErrorHandling: false
                    )
                    try channel.pipeline.syncOperations.addHandler(CloudHandler(shared))
                }
            }
        let listener: any Channel
        do {
            listener = try await bootstrap.bind(host: host, port: port).get()
        } catch {
            let message = "cannot listen on \(host):\(port); choose a free port and an address of this machine"
            throw CloudError(.notBound, message, cause: "\(error)")
        }
        let bound = listener.localAddress?.port ?? port
        return CloudServer(listener: listener, connections: connections, shared: shared, host: host, port: bound)
    }

    /// Stops listening and closes every connection: from now on the cloud refuses connections.
    package func stop() async {
        // A close fails only where the channel is closed already.
        try? await listener.close().get()
        await connections.closeAll()
    }

    /// What it has done so far.
    package func counters() -> CloudCounters {
        shared.counters()
    }

    /// Replaces the rules of what goes wrong; none makes everything right.
    package func setFaults(_ rules: [FaultRule]) throws(CloudError) {
        try shared.setFaults(rules)
    }

    /// Changes what a lane can serve, before the speed factor.
    package func setCapacity(lane: String, tokensPerMinute: Int) throws(CloudError) {
        try shared.setCapacity(lane: lane, tokensPerMinute: tokensPerMinute)
    }
}
