// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Providers

/// One connection to an upstream; it serves one exchange at a time.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let endpoint: UpstreamTarget.Endpoint
    private let pool: UpstreamPool
    private var context: ChannelHandlerContext?
    private var isClosing = false
    private var isReading = true
    /// Whether an answer has been read on it before.
    private(set) var wasUsed = false
    /// Whether the upstream keeps the connection after this answer.
    private var keepsAlive = true
    /// Whether part of an answer has been read.
    private(set) var hasAnswered = false
    /// The exchange that it serves; `nil` while idle.
    var exchange: Exchange?
    /// Which attempt of the exchange it serves.
    private var attempt = 0
    var idleSince = NIODeadline.now()

    init(pool: UpstreamPool, endpoint: UpstreamTarget.Endpoint) {
        self.pool = pool
        self.endpoint = endpoint
    }

    /// Whether another request may be sent on it.
    var isUsable: Bool {
        guard let context else { return false }
        return !isClosing && keepsAlive && context.channel.isActive
    }

    /// Sends a request whole.
    func send(_ head: HTTPRequestHead, body: [ByteBuffer], attempt: Int) {
        guard let context else { return }
        self.attempt = attempt
        hasAnswered = false
        keepsAlive = true
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for piece in body { context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Reads no more, or reads again.
    func setReading(_ isReading: Bool) {
        guard let context, isReading != self.isReading else { return }
        self.isReading = isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
        if isReading { context.read() }
    }

    /// Ends the connection; what it serves has been told or does not care.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else {
            // Bytes that nobody asked for: the connection can't be trusted.
            return close()
        }
        hasAnswered = true
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepsAlive = head.isKeepAlive
            exchange.upstreamHead(head, attempt: attempt)
        case .body(let bytes):
            exchange.upstreamBody(bytes, attempt: attempt)
        case .end:
            wasUsed = true
            exchange.upstreamEnd(attempt: attempt)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        exchange?.upstreamReadComplete()
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let cause: LocalCause =
            switch error {
            case is NIOSSLError, is BoringSSLError: .tlsFailed
            case is HTTPParserError: .malformedResponse
            default: .connectionLost
            }
        fail(cause)
        close()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        fail(.connectionLost)
        pool.closed(endpoint, self)
    }

    private func fail(_ cause: LocalCause) {
        guard let exchange else { return }
        self.exchange = nil
        exchange.upstreamLost(cause, on: self, attempt: attempt)
    }
}
