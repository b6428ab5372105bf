// SPDX-License-Identifier: Apache-2.0

package import CloudSimulator
internal import NIOCore
internal import NIOPosix

/// A simulated cloud that runs by itself, on an event loop of its own.
package struct StandaloneCloud: Sendable {
    private let server: CloudServer
    private let group: MultiThreadedEventLoopGroup

    /// Where it listens.
    package var host: String { server.host }
    /// The port on which it listens.
    package var port: Int { server.port }

    /// Starts a cloud.
    ///
    /// - Parameters:
    ///   - cloud: what it is and how it answers.
    ///   - host: the address to listen on.
    ///   - port: the port; 0 picks a free one.
    /// - Returns: the cloud, which serves.
    /// - Throws: `failed` where it can't listen.
    package static func start(
        _ cloud: SimulatedCloud, host: String, port: Int
    ) async throws(ServiceError) -> StandaloneCloud {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            return StandaloneCloud(
                server: try await CloudServer.start(cloud, group: group, host: host, port: port), group: group)
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
    }

    /// Stops the cloud and its event loop.
    package func stop() async {
        await server.stop()
        try? await group.shutdownGracefully()
    }
}
