// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// An upstream that keeps what it receives byte for byte, and answers with the bytes that a test gives it.
final class RecordingUpstream: Sendable {
    /// One request as it came.
    struct Request: Sendable {
        /// The lines of the head, the request line first.
        var lines: [String]
        var body: String
        /// The number of the connection, from 0.
        var connection: Int

        /// The value of a field; its name in lower case.
        subscript(name: String) -> String? {
            lines.dropFirst().first { $0.lowercased().hasPrefix(name + ":") }
                .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
        }

        /// The names of the fields, in lower case, sorted.
        var fieldNames: [String] {
            lines.dropFirst().map { $0.prefix { $0 != ":" }.lowercased() }.sorted()
        }
    }

    /// What is done to answer.
    enum Step: Sendable {
        case send(String)
        case close
        /// Ends the connection without TLS's goodbye.
        case cut
    }

    private struct State {
        var requests: [Request] = []
        var opened = 0
        var sentBytes = 0
        var open: [Int: any Channel] = [:]
    }

    private let listener: any Channel
    private let state = SharedState()
    /// The port at 127.0.0.1.
    let port: Int

    private final class SharedState: Sendable {
        let state = Mutex(State())
    }

    private init(listener: any Channel, port: Int) {
        self.listener = listener
        self.port = port
    }

    /// Listens; the closure says for each request, numbered from 0, what is done.
    static func start(
        port: Int = 0, tls: NIOSSLContext? = nil, _ answer: @escaping @Sendable (Request, Int) -> [Step]
    ) async throws -> RecordingUpstream {
        let box = Mutex<RecordingUpstream?>(nil)
        let holder = Holder(box)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_sndbuf), value: 65_536)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let upstream = holder.upstream.withLock({ $0 }) else { return channel.close(promise: nil) }
                    let number = upstream.opened(channel)
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(
                        RecordingHandler(upstream: upstream, number: number, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        let upstream = RecordingUpstream(listener: listener, port: listener.localAddress?.port ?? 0)
        holder.upstream.withLock { $0 = upstream }
        return upstream
    }

    private final class Holder: Sendable {
        let upstream: Mutex<RecordingUpstream?>

        init(_ upstream: consuming sending Mutex<RecordingUpstream?>) {
            self.upstream = upstream
        }
    }

    /// What came so far.
    var requests: [Request] { state.state.withLock { $0.requests } }
    /// How many connections were made.
    var connectionsOpened: Int { state.state.withLock { $0.opened } }
    /// How many connections are open.
    var connectionsOpen: Int { state.state.withLock { $0.open.count } }

    /// How many bytes of its answers the system has taken.
    var sentBytes: Int { state.state.withLock { $0.sentBytes } }

    /// Sends on every open connection.
    func push(_ text: String) {
        for channel in state.state.withLock({ Array($0.open.values) }) {
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }
    }

    /// Closes every open connection.
    func closeConnections() {
        for channel in state.state.withLock({ Array($0.open.values) }) { channel.close(promise: nil) }
    }

    func stop() async {
        try? await listener.close().get()
        closeConnections()
    }

    fileprivate func record(_ request: Request) -> Int {
        state.state.withLock { state in
            state.requests.append(request)
            return state.requests.count - 1
        }
    }

    fileprivate func sent(_ bytes: Int) {
        state.state.withLock { $0.sentBytes += bytes }
    }

    fileprivate func closed(_ number: Int) {
        state.state.withLock { $0.open[number] = nil }
    }

    private func opened(_ channel: any Channel) -> Int {
        state.state.withLock { state in
            state.open[state.opened] = channel
            state.opened += 1
            return state.opened - 1
        }
    }
}

/// One connection of a recording upstream.
private final class RecordingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let upstream: RecordingUpstream
    private let number: Int
    private let answer: @Sendable (RecordingUpstream.Request, Int) -> [RecordingUpstream.Step]
    private var received: [UInt8] = []

    init(
        upstream: RecordingUpstream, number: Int,
        answer: @escaping @Sendable (RecordingUpstream.Request, Int) -> [RecordingUpstream.Step]
    ) {
        self.upstream = upstream
        self.number = number
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += Array(unwrapInboundIn(data).readableBytesView)
        while let request = nextRequest() {
            for step in answer(request, upstream.record(request)) {
                switch step {
                case .send(let text):
                    let upstream = upstream
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)))
                        .whenSuccess { upstream.sent(text.utf8.count) }
                case .close: context.close(promise: nil)
                case .cut:
                    // Closing from TLS's place passes it by.
                    let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
                    (tls ?? context).close(promise: nil)
                }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        upstream.closed(number)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func nextRequest() -> RecordingUpstream.Request? {
        let end: [UInt8] = [13, 10, 13, 10]
        guard received.count >= 4,
            let headEnd = (0...(received.count - 4)).first(where: { received[$0..<($0 + 4)].elementsEqual(end) })
        else { return nil }
        let lines = String(decoding: received[..<headEnd], as: UTF8.self).split(separator: "\r\n").map { String($0) }
        var request = RecordingUpstream.Request(lines: lines, body: "", connection: number)
        let length = request["content-length"].flatMap { Int($0) } ?? 0
        guard received.count >= headEnd + 4 + length else { return nil }
        request.body = String(decoding: received[(headEnd + 4)..<(headEnd + 4 + length)], as: UTF8.self)
        received.removeFirst(headEnd + 4 + length)
        return request
    }
}
