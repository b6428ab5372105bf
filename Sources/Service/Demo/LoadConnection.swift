// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOHTTP1

/// One connection of the client; one request at a time.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let idle: IdleConnections
    private let host: String
    private var context: ChannelHandlerContext?
    private var promise: EventLoopPromise<LoadClient.Answer>?
    private var started = NIODeadline.now()
    private var head: HTTPResponseHead?

    init(idle: IdleConnections, host: String) {
        self.idle = idle
        self.host = host
    }

    var isOpen: Bool { context?.channel.isActive ?? false }

    func close() {
        context?.close(promise: nil)
    }

    func send(key: String, body: [UInt8], started: NIODeadline, _ promise: EventLoopPromise<LoadClient.Answer>) {
        guard let context else { return promise.fail(ChannelError.ioOnClosedChannel) }
        self.promise = promise
        self.started = started
        head = nil
        let headers: HTTPHeaders = [
            "host": host, "authorization": "Bearer " + key, "content-type": "application/json",
            "content-length": String(body.count),
        ]
        let request = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/chat/completions", headers: headers)
        context.write(wrapOutboundOut(.head(request)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            finish(isWhole: true)
            if head?.isKeepAlive ?? false { idle.give(self) } else { close() }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(isWhole: false)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func finish(isWhole: Bool) {
        guard let promise else { return }
        self.promise = nil
        promise.succeed(
            LoadClient.Answer(
                status: Int(head?.status.code ?? 0), ground: head?.headers.first(name: "x-concordat-ground") ?? "",
                retryAfterMilliseconds: head?.headers.first(name: "retry-after-ms").flatMap { Int($0) },
                isWhole: isWhole, milliseconds: Double((NIODeadline.now() - started).nanoseconds) / 1e6))
    }
}
