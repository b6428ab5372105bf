// SPDX-License-Identifier: Apache-2.0

import CEpoll

/// A bare upstream on one thread: a fixed answer at once, or a stream of events at a pace.
final class Upstream {
    private final class Connection {
        let descriptor: Int32
        var inbox: [UInt8] = []
        var outbox = Outbox()
        var order = StreamOrder()
        /// Events with content that are still to be written.
        var eventsLeft = 0
        var hasBegun = false
        var isBusy = false
        var isWatchingWrites = false

        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    /// How far ahead the wheel reaches, in milliseconds.
    private static let wheelSlots = 16_384

    private let text = StreamText()
    private let poller = Poller()
    private let listener: Int32
    private var connections: [Int32: Connection] = [:]
    /// What is due in which millisecond.
    private var wheel = [[Connection]](repeating: [], count: wheelSlots)
    private var tick: Int64
    private var waiting = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(port: Int) {
        listener = Socket.listen(port: port)
        tick = Clock.now() / 1_000_000
        poller.add(listener)
    }

    func run() -> Never {
        while true {
            poller.wait(waiting == 0 ? -1 : max(0, (tick + 1) * 1_000_000 - Clock.now()))
            for ready in poller.ready {
                if ready.descriptor == listener {
                    takeIn()
                } else if let connection = connections[ready.descriptor] {
                    if ready.can_write { flush(connection) }
                    if ready.can_read { read(connection) }
                }
            }
            turnWheel()
        }
    }

    private func takeIn() {
        while let descriptor = Socket.accept(listener) {
            connections[descriptor] = Connection(descriptor)
            poller.add(descriptor)
        }
    }

    private func read(_ connection: Connection) {
        let outcome = unsafe buffer.withUnsafeMutableBytes { unsafe Socket.read(connection.descriptor, into: $0) }
        switch outcome {
        case .closed: close(connection)
        case .wouldBlock: break
        case .bytes(let count):
            connection.inbox += buffer[0..<count]
            serve(connection)
        }
    }

    private func serve(_ connection: Connection) {
        while !connection.isBusy, let (order, length) = Self.request(in: connection.inbox) {
            connection.inbox.removeFirst(length)
            connection.order = order
            connection.isBusy = true
            connection.hasBegun = false
            connection.eventsLeft = order.isStreaming ? order.events : 0
            if order.delay > 0 { schedule(connection, in: order.delay) } else { step(connection) }
        }
    }

    /// The first whole request, and how many bytes it has.
    private static func request(in inbox: [UInt8]) -> (StreamOrder, Int)? {
        unsafe inbox.withUnsafeBytes { bytes in
            guard let end = unsafe StreamOrder.find("\r\n\r\n", in: bytes) else { return nil }
            let head = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<end])
            // `Content-Length` in any proxy's spelling.
            let length = unsafe StreamOrder.number(after: "ength:", in: head) ?? 0
            guard bytes.count >= end + 4 + length else { return nil }
            let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[(end + 4)..<(end + 4 + length)])
            return (unsafe StreamOrder(body), end + 4 + length)
        }
    }

    /// Writes what is due on a connection.
    private func step(_ connection: Connection) {
        guard connection.order.isStreaming else { return end(connection, with: text.answer) }
        if !connection.hasBegun {
            connection.hasBegun = true
            send(text.beginning, to: connection)
        }
        while connection.eventsLeft > 0 {
            connection.eventsLeft -= 1
            send(text.event(at: Clock.now()), to: connection)
            if connection.order.interval > 0 { return schedule(connection, in: connection.order.interval) }
        }
        end(connection, with: connection.order.wantsUsage ? text.endingWithUsage : text.ending)
    }

    private func end(_ connection: Connection, with bytes: [UInt8]) {
        connection.isBusy = false
        send(bytes, to: connection)
    }

    private func send(_ bytes: [UInt8], to connection: Connection) {
        guard connection.outbox.send(bytes, to: connection.descriptor) else { return close(connection) }
        watch(connection)
    }

    private func flush(_ connection: Connection) {
        guard connection.outbox.flush(to: connection.descriptor) else { return close(connection) }
        watch(connection)
    }

    private func watch(_ connection: Connection) {
        guard connection.isWatchingWrites == connection.outbox.isEmpty else { return }
        connection.isWatchingWrites.toggle()
        poller.watch(connection.descriptor, writing: connection.isWatchingWrites)
    }

    private func close(_ connection: Connection) {
        guard connections[connection.descriptor] === connection else { return }
        connections[connection.descriptor] = nil
        Socket.close(connection.descriptor)
    }

    private func schedule(_ connection: Connection, in milliseconds: Int) {
        if waiting == 0 { tick = Clock.now() / 1_000_000 }
        let slot = (Int(tick) + min(milliseconds, Self.wheelSlots - 1)) % Self.wheelSlots
        wheel[slot].append(connection)
        waiting += 1
    }

    private func turnWheel() {
        let now = Clock.now() / 1_000_000
        while waiting > 0, tick < now {
            tick += 1
            let slot = Int(tick) % Self.wheelSlots
            let due = wheel[slot]
            guard !due.isEmpty else { continue }
            wheel[slot].removeAll(keepingCapacity: true)
            waiting -= due.count
            for connection in due where connections[connection.descriptor] === connection {
                step(connection)
                if !connection.isBusy { serve(connection) }
            }
        }
    }
}
