// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

// How a connection ends, and what it may wait for.
extension ClientHandler {
    func channelInactive(context: ChannelHandlerContext) {
        loop.clock.read()
        let last = state
        state = .closed
        self.context = nil
        output.close()
        loop.remove(self)
        if case .serving(let exchange) = last { exchange.clientGone() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        output.close()
        context.close(promise: nil)
    }

    /// Looks at the connection's deadlines.
    func tick(_ now: NIODeadline) {
        let limits = loop.limits
        if let unwritableSince, now - unwritableSince > .milliseconds(limits.writeStallMilliseconds) {
            return abort()
        }
        switch state {
        case .idle:
            if hasPartialHead, now - since > .milliseconds(limits.headMilliseconds) {
                // Nothing can be said before there is TLS to say it in.
                guard security != .handshaking else { return abort() }
                refuseAtHead(
                    .invalidRequest(
                        "The head of the request did not come in time; send it within \(limits.headMilliseconds) ms.",
                        code: "request_timeout", status: 408))
            } else if loop.isDraining || now - since > .milliseconds(limits.idleMilliseconds) {
                drain()
            }
        case .reading:
            if let trouble = bodyTrouble(now) { refuseAtHead(trouble) }
        case .discarding:
            // Whoever reads slowly has as long as any client; whoever has read all gets a moment to go.
            let limit = isOutputClosed ? limits.bodyIdleMilliseconds / 10 : limits.writeStallMilliseconds
            if now - since > .milliseconds(limit) { abort() }
        case .serving(let exchange):
            exchange.tick(now)
        case .held, .gathering, .closed:
            break
        }
    }

    /// Ends a connection without a request, as soon as the client has all that it was answered.
    func drain() {
        guard case .idle = state else { return }
        if owesOutput {
            closeOutput()
        } else {
            context?.close(promise: nil)
        }
    }
}
