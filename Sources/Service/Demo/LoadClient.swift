// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A client of the demonstration: sends requests over keep-alive connections and notes what came back.
final class LoadClient: Sendable {
    /// What one request got.
    struct Answer: Sendable {
        /// The HTTP status; 0 where no answer came.
        var status: Int
        var ground: String
        /// The milliseconds that a 429 asked to wait.
        var retryAfterMilliseconds: Int?
        /// Whether the answer was whole.
        var isWhole: Bool
        var milliseconds: Double
    }

    private let eventLoop: any EventLoop
    private let host: String
    private let port: Int
    private let idle: NIOLoopBound<IdleConnections>

    init(eventLoop: any EventLoop, host: String, port: Int) async throws {
        self.eventLoop = eventLoop
        self.host = host
        self.port = port
        idle = try await eventLoop.submit { NIOLoopBound(IdleConnections(), eventLoop: eventLoop) }.get()
    }

    /// Sends a request and waits for the end of its answer.
    func send(key: String, body: [UInt8]) async -> Answer {
        let promise = eventLoop.makePromise(of: Answer.self)
        let started = NIODeadline.now()
        eventLoop.execute { self.begin(key: key, body: body, started: started, promise) }
        do {
            return try await promise.futureResult.get()
        } catch {
            return Answer(status: 0, ground: "", retryAfterMilliseconds: nil, isWhole: false, milliseconds: 0)
        }
    }

    /// Closes the connections.
    func close() async {
        let idle = idle
        try? await eventLoop.submit { idle.value.closeAll() }.get()
    }

    private func begin(key: String, body: [UInt8], started: NIODeadline, _ promise: EventLoopPromise<Answer>) {
        if let connection = idle.value.take() {
            return connection.send(key: key, body: body, started: started, promise)
        }
        let connections = idle.value
        let handler = NIOLoopBound(LoadConnection(idle: connections, host: "\(host):\(port)"), eventLoop: eventLoop)
        ClientBootstrap(group: eventLoop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .connect(host: host, port: port)
            .whenComplete { result in
                switch result {
                case .success: handler.value.send(key: key, body: body, started: started, promise)
                case .failure(let error): promise.fail(error)
                }
            }
    }
}

/// The connections of a client that wait for a request.
private final class IdleConnections {
    private var connections: [LoadConnection] = []
    private var isClosed = false

    func take() -> LoadConnection? {
        while let connection = connections.popLast() {
            if connection.isOpen { return connection }
        }
        return nil
    }

    func give(_ connection: LoadConnection) {
        if isClosed { connection.close() } else { connections.append(connection) }
    }

    func closeAll() {
        isClosed = true
        let all = connections
        connections = []
        all.forEach { $0.close() }
    }
}

/// One connection of the client; one request at a time.
private final class LoadConnection: ChannelInboundHandler {
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
        context.write(
            wrapOutboundOut(
                .head(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/chat/completions", headers: headers))),
            promise: nil)
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
