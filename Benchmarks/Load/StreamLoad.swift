// SPDX-License-Identifier: Apache-2.0

/// Streams opened at a pace and held open together.
///
/// The phases: `held` when every stream has had its first event, `released` after the time to hold, `done` when all have
/// ended. An event that comes later than its interval and the allowance after the last is a stall.
final class StreamLoad: LoadDriver {
    private static let drainNanoseconds: Int64 = 20_000_000_000

    private let client: Client
    private let streams: Int
    private let rounds: Int
    private let pace: Int64
    private let hold: Int64
    private let stallAfter: Int64
    private let start = Clock.now()
    private var opened = 0
    private var begun = 0
    private var completed = 0
    private var errors = 0
    private var stalledStreams: Set<ObjectIdentifier> = []
    private var heldAt: Int64?
    private var releasedAt: Int64?
    private var firstEvent = LatencyHistogram()
    private var delivery = LatencyHistogram()
    private var gap = LatencyHistogram()
    /// By how much a gap between two events grew on the way.
    private var stretch = LatencyHistogram()
    private var eventsAtHold = 0
    private var events = 0
    private var left: [ObjectIdentifier: Int] = [:]

    init(_ options: Options) {
        var order = StreamOrder()
        order.isStreaming = true
        order.events = options.number("events", 20)
        order.interval = options.number("interval", 20)
        order.delay = options.number("delay", 0)
        client = Client(options, order)
        streams = options.number("streams", 32)
        rounds = options.number("rounds", 1)
        pace = 1_000_000_000 / Int64(max(1, options.number("opening", 1_000)))
        hold = options.seconds("hold", 0)
        stallAfter = Int64(order.interval + options.number("stall", 1_000)) * 1_000_000
        client.run(self)
        Report.phase("done", members(Clock.now()))
    }

    func advance(to now: Int64) -> Int64? {
        while opened < streams, start + Int64(opened) * pace <= now {
            opened += 1
            guard let connection = client.open() else {
                errors += 1
                continue
            }
            left[ObjectIdentifier(connection)] = rounds
            client.send(on: connection, intended: now)
        }
        guard opened == streams else { return start + Int64(opened) * pace }
        if heldAt == nil, begun + errors >= streams {
            heldAt = now
            eventsAtHold = events
            Report.phase("held", [("errors", "\(errors)")])
        }
        if let heldAt, releasedAt == nil, now >= heldAt + hold {
            releasedAt = now
            Report.phase("released", [("events", "\(events - eventsAtHold)"), ("open", "\(left.count)")])
        }
        guard !left.isEmpty || releasedAt == nil else { return nil }
        // Streams that never begin must not keep the run for ever.
        guard now < start + Int64(streams) * pace + hold + Self.drainNanoseconds else { return nil }
        return releasedAt == nil ? now + 5_000_000 : now + 100_000_000
    }

    func received(stamp: Int64, on connection: Client.Connection, at now: Int64) {
        events += 1
        delivery.add(now - stamp)
        defer { connection.lastDelivery = now - stamp }
        if connection.lastEvent == 0 {
            firstEvent.add(now - connection.sent)
            if left[ObjectIdentifier(connection)] == rounds { begun += 1 }
        } else {
            let length = now - connection.lastEvent
            gap.add(length)
            stretch.add(now - stamp - connection.lastDelivery)
            if length > stallAfter { stalledStreams.insert(ObjectIdentifier(connection)) }
        }
    }

    func answered(_ connection: Client.Connection, at now: Int64) {
        completed += 1
        let more = (left[ObjectIdentifier(connection)] ?? 1) - 1
        if more > 0 {
            left[ObjectIdentifier(connection)] = more
            client.send(on: connection, intended: now)
        } else {
            left[ObjectIdentifier(connection)] = nil
        }
    }

    func failed(_ connection: Client.Connection, at now: Int64) {
        // A proxy may close a connection after its last answer; that is no error.
        if left.removeValue(forKey: ObjectIdentifier(connection)) != nil { errors += 1 }
    }

    private func members(_ now: Int64) -> [(String, String)] {
        [
            ("streams", "\(streams)"), ("begun", "\(begun)"), ("completed", "\(completed)"), ("errors", "\(errors)"),
            ("stalled", "\(stalledStreams.count)"), ("unfinished", "\(left.count)"), ("events", "\(events)"),
            ("first", firstEvent.json), ("delivery", delivery.json), ("gap", gap.json),
            ("stretch", stretch.json),
        ]
    }
}
