// SPDX-License-Identifier: Apache-2.0

/// A closed loop: each connection sends its next request when it has the answer to the last.
final class ClosedLoad: LoadDriver {
    private let client: Client
    private let warm: Int64
    private let end: Int64
    private var isWarm = false
    private var latency = LatencyHistogram()
    private var errors = 0
    private var began: Int64 = 0

    init(_ options: Options) {
        client = Client(options, StreamOrder())
        let now = Clock.now()
        warm = now + options.seconds("warmup", 0.5)
        end = warm + options.seconds("seconds", 2)
        for _ in 0..<options.number("connections", 32) { begin(now) }
        client.run(self)
        let seconds = Double(Clock.now() - began) / 1e9
        Report.phase(
            "done",
            [
                ("requests", "\(latency.count)"), ("errors", "\(errors)"), ("seconds", "\(seconds)"),
                ("rate", "\(Double(latency.count) / seconds)"), ("latency", latency.json),
            ])
    }

    func advance(to now: Int64) -> Int64? {
        guard now < end else { return nil }
        if !isWarm, now >= warm {
            isWarm = true
            began = now
            Report.phase("measuring")
        }
        return isWarm ? end : warm
    }

    func answered(_ connection: Client.Connection, at now: Int64) {
        if isWarm { latency.add(now - connection.sent) }
        client.send(on: connection, intended: now)
    }

    func received(stamp: Int64, on connection: Client.Connection, at now: Int64) {}

    func failed(_ connection: Client.Connection, at now: Int64) {
        errors += 1
        begin(now)
    }

    private func begin(_ now: Int64) {
        guard errors < 10_000, let connection = client.open() else { return }
        client.send(on: connection, intended: now)
    }
}
