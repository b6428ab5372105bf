// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOSSL
internal import NIOTLS

// What TLS changes on a client's connection.
extension ClientHandler {
    /// How far TLS is.
    enum Security {
        /// The connection has none.
        case plain
        case handshaking
        case established
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            security = .established
            acknowledgeHandshake(on: context.channel)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Acknowledges the end of the handshake now.
    ///
    /// The system would hold that back for 40 ms, and as long waits a client whose request comes by itself behind it.
    private func acknowledgeHandshake(on channel: any Channel) {
        #if os(Linux)
        // TCP_QUICKACK of tcp(7), which is no setting but an order: it is over with the next answer.
        try? channel.syncOptions?.setOption(.tcpOption(.init(rawValue: 12)), value: 1)
        #endif
    }

    /// Ends the connection at once, in the middle of whatever it is at.
    ///
    /// In HTTP/1.1 that is all there is to say that an answer is not whole. TLS would say goodbye first, and wait for the
    /// client to do so too.
    func abort() {
        guard let context else { return }
        guard security != .plain,
            let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
        else { return context.close(promise: nil) }
        // Closing from TLS's place passes it by.
        tls.close(promise: nil)
    }
}
