// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import NIOCore
internal import NIOPosix
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The running gateway's ear for commands: a Unix socket in its data folder, for its own user alone.
///
/// Each connection brings one order as a line of JSON and gets one answer as a line of JSON.
package final class ControlSocket: Sendable {
    /// The longest order or answer, in bytes.
    package static let messageBytesMax = 8 * 1_024 * 1_024
    /// How long an order may take to arrive, in seconds.
    static let orderSeconds: Int64 = 10

    private let listener: any Channel
    private let path: String
    private let stopping: Stopping

    /// Whether the gateway stops, as the connections see it.
    private final class Stopping: Sendable {
        let isSet = Atomic(false)
    }

    /// Where the socket of a data folder is.
    package static func path(in folder: String) -> String {
        folder + "/control.sock"
    }

    private init(listener: any Channel, path: String, stopping: Stopping) {
        self.listener = listener
        self.path = path
        self.stopping = stopping
    }

    /// Opens the socket; the caller has the folder's lock, so one that is left over belongs to nobody.
    package static func open(
        folder: String, group: any EventLoopGroup, carryOut: @escaping @Sendable (ControlOrder) async -> ControlAnswer
    ) async throws -> ControlSocket {
        let path = path(in: folder)
        guard path.utf8.count < 100 else {
            throw ServiceError(
                .failed, "The path \(path) is too long for a Unix socket; choose a data folder with a shorter path.")
        }
        try? FileManager.default.removeItem(atPath: path)
        let stopping = Stopping()
        let answer: @Sendable (ControlOrder) async -> ControlAnswer = { order in
            guard stopping.isSet.load(ordering: .relaxed) else { return await carryOut(order) }
            let error = ServiceError.stopping(isReload: order.isReload)
            return .refused(code: "failed", message: error.message)
        }
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(OrderHandler(carryOut: answer))
                }
            }
            .bind(unixDomainSocketPath: path).get()
        unsafe chmod(path, 0o600)
        return ControlSocket(listener: listener, path: path, stopping: stopping)
    }

    /// Answers every order from now on that the gateway is stopping.
    package func refuseOrders() {
        stopping.isSet.store(true, ordering: .relaxed)
    }

    /// Closes the socket and removes it.
    package func close() async {
        try? await listener.close().get()
        try? FileManager.default.removeItem(atPath: path)
    }
}
