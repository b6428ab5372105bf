// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Providers

// How a connection with TLS comes about: an exchange gets it when the upstream has shown who it is.
extension UpstreamConnection {
    /// How far TLS is.
    enum Handshake {
        /// Nobody waits: there is no TLS, or it is still unknown who will.
        case none
        case completed
        /// An exchange waits, until the deadline.
        case awaited(Exchange, attempt: Int, deadline: Scheduled<Void>)
    }

    /// Hands the connection to the exchange once the handshake is complete, or tells it that it was not in time.
    func awaitHandshake(for exchange: Exchange, attempt: Int, within limit: TimeAmount) {
        if case .completed = handshake {
            self.exchange = exchange
            return exchange.upstreamConnected(self, attempt: attempt)
        }
        guard let context else { return exchange.upstreamFailed(.tlsFailed, attempt: attempt) }
        let deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.pool.clock.read()
            self.failHandshake(.tlsFailed)
            self.close()
        }
        handshake = .awaited(exchange, attempt: attempt, deadline: deadline)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            pool.clock.read()
            let awaited = handshake
            handshake = .completed
            if case .awaited(let exchange, let attempt, let deadline) = awaited {
                deadline.cancel()
                self.exchange = exchange
                exchange.upstreamConnected(self, attempt: attempt)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Tells the exchange that waits for the handshake, if one does, that there will be none.
    func failHandshake(_ cause: LocalCause) {
        guard case .awaited(let exchange, let attempt, let deadline) = handshake else { return }
        handshake = .none
        deadline.cancel()
        exchange.upstreamFailed(cause, attempt: attempt)
    }
}

extension LocalCause {
    /// What an error on a connection means.
    init(onConnection error: any Error) {
        switch error {
        // An end without TLS's goodbye: whoever cut it, the answer is not whole.
        case NIOSSLError.uncleanShutdown: self = .connectionLost
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .tlsFailed
        default: self = .connectionLost
        }
    }
}
