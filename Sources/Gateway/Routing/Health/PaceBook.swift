// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

/// How fast the streams of one event loop's deployments were: it orders the deployments of one tier and does no more.
struct PaceBook {
    /// How many streams must have been measured before a deployment is judged.
    static let samplesMin = 3
    /// How long what was measured counts, in milliseconds; a slow deployment gets another chance then.
    static let memoryMilliseconds: Int64 = 60_000
    /// How many events with content a stream must have for its rate to say something.
    static let eventsMin = 16
    /// How many times slower than the other a deployment must be.
    static let factor = 3.0
    /// Whoever shows something this soon is not slow, in milliseconds.
    static let firstTokenMilliseconds = 2_000.0
    /// Whoever brings so many events a second is not slow.
    static let eventsPerSecond = 10.0
    /// How much a new measurement weighs.
    private static let weight = 0.3

    private struct Pace {
        var firstTokenMilliseconds: Double
        var eventsPerSecond: Double
        var samples = 1
        var last: NIODeadline
    }

    private var paces: [String: Pace] = [:]

    var isEmpty: Bool { paces.isEmpty }

    /// Takes in one stream.
    mutating func note(
        _ deployment: String, firstTokenMilliseconds first: Double, eventsPerSecond rate: Double, now: NIODeadline
    ) {
        guard var pace = current(deployment, now: now) else {
            paces[deployment] = Pace(firstTokenMilliseconds: first, eventsPerSecond: rate, last: now)
            return
        }
        pace.firstTokenMilliseconds += Self.weight * (first - pace.firstTokenMilliseconds)
        pace.eventsPerSecond += Self.weight * (rate - pace.eventsPerSecond)
        pace.samples += 1
        pace.last = now
        paces[deployment] = pace
    }

    /// Whether a deployment is so slow that another of its tier should go first.
    ///
    /// One of which nothing is known goes before one that is slow by itself: else nothing would ever be known of it.
    func isSlow(_ deployment: String, beside fellow: String, now: NIODeadline) -> Bool {
        guard let pace = current(deployment, now: now), pace.samples >= Self.samplesMin else { return false }
        let isLate = pace.firstTokenMilliseconds > Self.firstTokenMilliseconds
        let isThin = pace.eventsPerSecond < Self.eventsPerSecond
        guard let other = current(fellow, now: now) else { return isLate || isThin }
        return isLate && pace.firstTokenMilliseconds > Self.factor * other.firstTokenMilliseconds
            || isThin && pace.eventsPerSecond * Self.factor < other.eventsPerSecond
    }

    /// Forgets what is no longer configured.
    mutating func keep(_ isConfigured: (String) -> Bool) {
        paces = paces.filter { isConfigured($0.key) }
    }

    private func current(_ deployment: String, now: NIODeadline) -> Pace? {
        guard let pace = paces[deployment], now - pace.last < .milliseconds(Self.memoryMilliseconds) else { return nil }
        return pace
    }
}
