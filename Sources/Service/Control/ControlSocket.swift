// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import NIOCore
internal import NIOPosix

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

    /// Where the socket of a data folder is.
    package static func path(in folder: String) -> String {
        folder + "/control.sock"
    }

    private init(listener: any Channel, path: String) {
        self.listener = listener
        self.path = path
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
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(OrderHandler(carryOut: carryOut))
                }
            }
            .bind(unixDomainSocketPath: path).get()
        unsafe chmod(path, 0o600)
        return ControlSocket(listener: listener, path: path)
    }

    /// Closes the socket and removes it.
    package func close() async {
        try? await listener.close().get()
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Reads one order and writes one answer.
private final class OrderHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let carryOut: @Sendable (ControlOrder) async -> ControlAnswer
    private var received = ByteBuffer()
    private var isAnswering = false
    private var isOwnUser = false
    private var timeout: Scheduled<Void>?

    init(carryOut: @escaping @Sendable (ControlOrder) async -> ControlAnswer) {
        self.carryOut = carryOut
    }

    func channelActive(context: ChannelHandlerContext) {
        isOwnUser = context.channel.peerUser.map { $0 == getuid() || $0 == 0 } ?? false
        guard isOwnUser else { return context.close(promise: nil) }
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: .seconds(ControlSocket.orderSeconds)) {
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isOwnUser, !isAnswering else { return }
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        guard received.readableBytes <= ControlSocket.messageBytesMax else { return context.close(promise: nil) }
        guard let end = received.readableBytesView.lastIndex(of: UInt8(ascii: "\n")) else { return }
        isAnswering = true
        timeout?.cancel()
        let line = Data(received.readableBytesView[..<end])
        let channel = context.channel
        let carryOut = carryOut
        Task {
            let answer: ControlAnswer
            if let order = try? JSONDecoder().decode(ControlOrder.self, from: line) {
                answer = await carryOut(order)
            } else {
                answer = .refused(
                    code: "usage", message: "The running gateway does not know this order; are both of the same release?")
            }
            var buffer = ByteBuffer(bytes: (try? JSONEncoder().encode(answer)) ?? Data())
            buffer.writeString("\n")
            try? await channel.writeAndFlush(buffer)
            try? await channel.close()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension Channel {
    /// The user at the other end of a Unix socket.
    fileprivate var peerUser: uid_t? {
        guard let socket = self as? any SocketOptionProvider else { return nil }
        #if canImport(Glibc)
        let option: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        #else
        let option: EventLoopFuture<PeerCredentials> = socket.unsafeGetSocketOption(
            level: .init(rawValue: SOL_LOCAL), name: .init(rawValue: LOCAL_PEERCRED))
        #endif
        // On the channel's own event loop the answer is there at once.
        var user: uid_t?
        option.assumeIsolated().whenSuccess { user = $0.user }
        return user
    }
}

/// The head of what the system says of a peer; the C types are not visible in every C library's module.
private struct PeerCredentials: Sendable {
    #if canImport(Glibc)
    // struct ucred: process, user, group.
    var process: Int32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
    #else
    // struct xucred: version, user, group count, 16 groups.
    var version: UInt32 = 0
    var user: UInt32 = 0
    var groupCount: Int16 = 0
    var groups = InlineArray<16, UInt32>(repeating: 0)
    #endif
}
