// SPDX-License-Identifier: Apache-2.0

import CEpoll

/// What a kind of load does with what its connections report.
protocol LoadDriver: AnyObject {
    /// The answer to the connection's request is whole.
    func answered(_ connection: Client.Connection, at now: Int64)
    /// An event with content came.
    func received(stamp: Int64, on connection: Client.Connection, at now: Int64)
    /// The request failed; the connection is closed.
    func failed(_ connection: Client.Connection, at now: Int64)
    /// Does what is due, and says when the next thing is, in nanoseconds of the clock; `nil` ends the run.
    func advance(to now: Int64) -> Int64?
}

/// The connections of a load, on one thread.
final class Client {
    /// One connection, with at most one request on its way.
    final class Connection {
        let descriptor: Int32
        var reader = AnswerReader()
        var outbox = Outbox()
        var isBusy = false
        var isWatchingWrites = false
        /// When the request should have been sent, and when it was.
        var intended: Int64 = 0
        var sent: Int64 = 0
        /// When the last event with content came; 0 before the first.
        var lastEvent: Int64 = 0
        /// How long the last event with content was on its way.
        var lastDelivery: Int64 = 0

        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    /// The bytes of one request.
    let request: [UInt8]
    private let port: Int
    private let poller = Poller()
    private var connections: [Connection?] = []
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(_ options: Options, _ order: StreamOrder) {
        port = options.number("port", 0)
        let path = options.text("path", "/v1/chat/completions")
        let model = options.text("model", "m")
        let stream = order.isStreaming ? "\"stream\":true," : ""
        let asked = order.isStreaming ? order.text + " " : ""
        let filling = asked + String(repeating: "x", count: max(0, 930 - stream.utf8.count - asked.utf8.count))
        let body =
            "{\"model\":\"\(model)\",\(stream)\"messages\":[{\"role\":\"user\",\"content\":\"\(filling)\"}],"
            + "\"max_tokens\":120}"
        let key = options.text("key")
        let authorization = key.isEmpty ? "" : "authorization: Bearer \(key)\r\n"
        request = Array(
            ("POST \(path) HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\nuser-agent: concordat-load\r\naccept: */*\r\n"
                + authorization + "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n" + body)
                .utf8)
    }

    /// Opens a connection; `nil` when that fails at once.
    func open() -> Connection? {
        guard let descriptor = Socket.connect(port: port) else { return nil }
        let connection = Connection(descriptor)
        while connections.count <= Int(descriptor) { connections.append(nil) }
        connections[Int(descriptor)] = connection
        poller.add(descriptor)
        return connection
    }

    /// Sends the request; latency counts from the instant at which it should have been sent.
    func send(on connection: Connection, intended: Int64) {
        connection.isBusy = true
        connection.intended = intended
        connection.sent = Clock.now()
        connection.lastEvent = 0
        // A connection that broke tells so when it is read.
        _ = connection.outbox.send(request, to: connection.descriptor)
        watch(connection)
    }

    /// Runs until the driver has nothing left to do.
    func run(_ driver: some LoadDriver) {
        while let next = driver.advance(to: Clock.now()) {
            poller.wait(max(0, next - Clock.now()))
            for ready in poller.ready {
                guard let connection = connections[Int(ready.descriptor)] else { continue }
                if ready.can_write {
                    _ = connection.outbox.flush(to: connection.descriptor)
                    watch(connection)
                }
                if ready.can_read { read(connection, driver) }
            }
        }
    }

    func close(_ connection: Connection) {
        guard connections[Int(connection.descriptor)] === connection else { return }
        connections[Int(connection.descriptor)] = nil
        Socket.close(connection.descriptor)
    }

    private func watch(_ connection: Connection) {
        guard connection.isWatchingWrites == connection.outbox.isEmpty else { return }
        connection.isWatchingWrites.toggle()
        poller.watch(connection.descriptor, writing: connection.isWatchingWrites)
    }

    private func read(_ connection: Connection, _ driver: some LoadDriver) {
        let outcome = unsafe buffer.withUnsafeMutableBytes { unsafe Socket.read(connection.descriptor, into: $0) }
        let now = Clock.now()
        guard case .bytes(let count) = outcome else {
            if case .closed = outcome { fail(connection, driver, now) }
            return
        }
        unsafe buffer.withUnsafeBytes { unsafe connection.reader.take(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
        while true {
            switch connection.reader.next() {
            case .needsMore: return
            case .failed: return fail(connection, driver, now)
            case .event(let stamp):
                driver.received(stamp: stamp, on: connection, at: now)
                connection.lastEvent = now
            case .end:
                connection.isBusy = false
                guard connection.reader.status == 200 else { return fail(connection, driver, now) }
                driver.answered(connection, at: now)
            }
        }
    }

    private func fail(_ connection: Connection, _ driver: some LoadDriver, _ now: Int64) {
        close(connection)
        driver.failed(connection, at: now)
    }
}
