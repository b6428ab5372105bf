// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import NIOSSL

/// A connection that sends bytes exactly as given and reads with a deadline.
final class RawClient: Sendable {
    /// How long a test waits for anything; a passing test waits no longer than it takes, however slow the machine is.
    static let patience = TimeAmount.seconds(60)

    /// What was awaited did not come.
    struct TimedOut: Error, CustomStringConvertible {
        var received: String
        var description: String { "nothing more came in time; received: \(received)" }
    }

    private let channel: any Channel
    private let inbox: NIOLoopBound<Inbox>

    private init(channel: any Channel, inbox: NIOLoopBound<Inbox>) {
        self.channel = channel
        self.inbox = inbox
    }

    /// Connects to a port of this machine; with a small receive buffer, or without reading, where a test says so.
    static func connect(
        port: Int, receiveBufferBytes: Int? = nil, reads: Bool = true, tls: NIOSSLContext? = nil
    ) async throws -> RawClient {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let inbox = try await loop.submit { NIOLoopBound(Inbox(), eventLoop: loop) }.get()
        var bootstrap = ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.autoRead, value: reads)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    try channel.pipeline.syncOperations.addHandler(inbox.value)
                }
            }
        if let receiveBufferBytes {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBufferBytes))
        }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        return RawClient(channel: channel, inbox: inbox)
    }

    /// Sends bytes and waits until the system has them.
    func send(_ bytes: some Collection<UInt8> & Sendable) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends text and waits until the system has it.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Sends bytes without waiting for anything.
    func sendLater(_ text: String) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    /// How many bytes wait to be taken by the system.
    func unsentBytes() async throws -> Int {
        try await channel.getOption(.bufferedWritableBytes).get()
    }

    /// Waits until what was received gives a value, and takes the bytes that belong to it.
    ///
    /// The closure gets everything unread and whether the other side has closed, and says how many bytes it used.
    func take<Value: Sendable>(
        within: TimeAmount = RawClient.patience,
        _ find: @escaping @Sendable (_ unread: ByteBufferView, _ isClosed: Bool) throws -> (Value, Int)?
    ) async throws -> Value {
        let loop = channel.eventLoop
        let promise = loop.makePromise(of: Value.self)
        let inbox = inbox
        loop.execute {
            inbox.value.wait { inbox in
                do {
                    guard let (value, used) = try find(inbox.unread.readableBytesView, inbox.isClosed) else {
                        if inbox.isClosed {
                            promise.fail(TimedOut(received: "\(String(buffer: inbox.unread)), then it was closed"))
                        }
                        return inbox.isClosed
                    }
                    inbox.unread.moveReaderIndex(forwardBy: used)
                    promise.succeed(value)
                } catch {
                    promise.fail(error)
                }
                return true
            }
        }
        let timer = loop.scheduleTask(in: within) {
            promise.fail(TimedOut(received: String(String(buffer: inbox.value.unread).suffix(2_000))))
        }
        defer { timer.cancel() }
        return try await promise.futureResult.get()
    }

    /// The next answer, whole; that to a HEAD request has no body.
    func answer(isHead: Bool = false, within: TimeAmount = RawClient.patience) async throws -> RawAnswer {
        try await take(within: within) { unread, isClosed in
            // A long stream is looked at again only when it may have ended.
            if !isClosed, unread.count > 100_000, unread.startsChunked,
                !unread.suffix(5).elementsEqual("0\r\n\r\n".utf8)
            {
                return nil
            }
            return try RawAnswer.read(unread, isClosed: isClosed, isHead: isHead)
        }
    }

    /// Waits for text and leaves it unread.
    @discardableResult
    func sees(_ text: String, within: TimeAmount = RawClient.patience) async throws -> String {
        try await take(within: within) { unread, _ in
            let received = String(decoding: unread, as: UTF8.self)
            return received.contains(text) ? (received, 0) : nil
        }
    }

    /// Everything until the other side closes.
    func rest(within: TimeAmount = RawClient.patience) async throws -> String {
        try await take(within: within) { unread, isClosed in
            isClosed ? (String(decoding: unread, as: UTF8.self), unread.count) : nil
        }
    }

    /// How many bytes have come so far.
    func receivedBytes() async throws -> Int {
        let inbox = inbox
        return try await channel.eventLoop.submit { inbox.value.receivedBytes }.get()
    }

    /// Reads once what the system has.
    func readOnce() {
        channel.read()
    }

    /// Begins to read all that comes.
    func beginReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        channel.read()
    }

    /// Says that nothing more will be sent.
    func closeOutput() async throws {
        try await channel.close(mode: .output).get()
    }

    /// Closes the connection.
    func close() async {
        try? await channel.close().get()
    }
}

extension ByteBufferView {
    /// Whether the head of an answer, which is all that is looked at, says that its body is in chunks.
    fileprivate var startsChunked: Bool {
        String(decoding: prefix(1_000), as: UTF8.self).contains("transfer-encoding: chunked\r\n")
    }
}

/// What a connection has received, and who waits for it.
private final class Inbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var unread = ByteBuffer()
    var isClosed = false
    var receivedBytes = 0
    private var waiters: [(Inbox) -> Bool] = []

    /// Calls the waiter now and with everything that comes, until it says that it is done.
    func wait(_ waiter: @escaping (Inbox) -> Bool) {
        if !waiter(self) { waiters.append(waiter) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        receivedBytes += bytes.readableBytes
        unread.writeBuffer(&bytes)
        tell()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { close() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset is an end like any other.
        close()
        context.close(promise: nil)
    }

    private func close() {
        isClosed = true
        tell()
    }

    private func tell() {
        waiters.removeAll { $0(self) }
    }
}
