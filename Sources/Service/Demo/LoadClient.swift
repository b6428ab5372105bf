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
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
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
