// SPDX-License-Identifier: Apache-2.0

/// An open loop: requests at a fixed rate, whatever becomes of the earlier ones.
///
/// Latency counts from the instant at which a request should have been sent, so that a slow proxy can't hide behind the
/// requests that it kept from being sent.
final class OpenLoad: LoadDriver {
    /// The run is given up when so many seconds' worth of requests wait.
    private static let backlogSecondsMax = 0.25
    private static let drainNanoseconds: Int64 = 500_000_000

    private let client: Client
    private let rate: Double
    private let start: Int64
    private let warm: Int64
    private let end: Int64
    private var isWarm = false
    private var index = 0
    private var free: [Client.Connection] = []
    private var backlog: [Int64] = []
    private var backlogStart = 0
    private var latency = LatencyHistogram()
    private var errors = 0
    private var isOverloaded = false
    private var busy: [ObjectIdentifier: Client.Connection] = [:]

    init(_ options: Options) {
        client = Client(options, StreamOrder())
        rate = Double(max(1, options.number("rate", 1_000)))
        start = Clock.now() + 20_000_000
        warm = start + options.seconds("warmup", 0.2)
        end = warm + options.seconds("seconds", 1)
        for _ in 0..<options.number("connections", 128) {
            if let connection = client.open() { free.append(connection) }
        }
        client.run(self)
        let now = Clock.now()
        // What never came counts as late as it is by now.
        for connection in busy.values { count(now - connection.intended, connection.intended) }
        for intended in backlog[backlogStart...] { count(now - intended, intended) }
        Report.phase(
            "done",
            [
                ("offered", "\(rate)"), ("requests", "\(latency.count)"), ("errors", "\(errors)"),
                ("overloaded", "\(isOverloaded)"), ("latency", latency.json),
            ])
    }

    func advance(to now: Int64) -> Int64? {
        if !isWarm, now >= warm {
            isWarm = true
            Report.phase("measuring")
        }
        while true {
            let due = start + Int64(Double(index) * 1e9 / rate)
            guard due < end else { return finish(now) }
            guard due <= now else { return due }
            index += 1
            if let connection = free.popLast() { begin(connection, due) } else { backlog.append(due) }
            if Double(backlog.count - backlogStart) > rate * Self.backlogSecondsMax {
                isOverloaded = true
                return nil
            }
        }
    }

    func answered(_ connection: Client.Connection, at now: Int64) {
        busy[ObjectIdentifier(connection)] = nil
        count(now - connection.intended, connection.intended)
        next(connection)
    }

    func received(stamp: Int64, on connection: Client.Connection, at now: Int64) {}

    func failed(_ connection: Client.Connection, at now: Int64) {
        busy[ObjectIdentifier(connection)] = nil
        errors += 1
        if errors < 10_000, let other = client.open() { next(other) }
    }

    private func finish(_ now: Int64) -> Int64? {
        guard !busy.isEmpty || backlogStart < backlog.count, now < end + Self.drainNanoseconds else { return nil }
        return end + Self.drainNanoseconds
    }

    private func next(_ connection: Client.Connection) {
        guard backlogStart < backlog.count else {
            backlog.removeAll(keepingCapacity: true)
            backlogStart = 0
            return free.append(connection)
        }
        backlogStart += 1
        begin(connection, backlog[backlogStart - 1])
    }

    private func begin(_ connection: Client.Connection, _ intended: Int64) {
        busy[ObjectIdentifier(connection)] = connection
        client.send(on: connection, intended: intended)
    }

    private func count(_ nanoseconds: Int64, _ intended: Int64) {
        if intended >= warm { latency.add(nanoseconds) }
    }
}
