// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// A zone of the IANA time zone database, in which dates are days.
package struct DayZone: Sendable, Equatable {
    /// The name, such as `America/Los_Angeles`.
    package let name: String
    private let zone: TimeZone

    /// Coordinated Universal Time.
    package static let utc = DayZone(name: "UTC", zone: .gmt)

    private init(name: String, zone: TimeZone) {
        self.name = name
        self.zone = zone
    }

    /// The zone of a name; `nil` where the database has none, also for abbreviations and bare offsets.
    package init?(named name: String) {
        guard name != "UTC" else {
            self = .utc
            return
        }
        // Foundation also takes abbreviations and offsets; the zones of places all have a slash.
        let isZoneName = name.utf8.allSatisfy { byte in
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/_+-".utf8.contains(byte)
        }
        guard isZoneName, name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        self.init(name: name, zone: zone)
    }

    /// Most of the names in the database, to find one that resembles a slip.
    package static let knownNames: [String] =
        (TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") } + ["UTC"]).sorted()

    /// The first instant of a day; where a change of the clocks skips midnight, the instant of that change.
    package func start(of date: CivilDate) -> Instant {
        let local = date.daysSinceEpoch * Self.secondsPerDay
        let offsets = [
            offsetSeconds(atSecond: local - Self.secondsPerDay), offsetSeconds(atSecond: local + Self.secondsPerDay),
        ]
        let candidates = offsets.map { local - $0 }.filter { offsetSeconds(atSecond: $0) + $0 == local }
        if let first = candidates.min() { return Instant(nanoseconds: first * 1_000_000_000) }
        // No clock shows midnight: find the first second that shows a later time.
        var before = local - (offsets.max() ?? 0)
        var after = local - (offsets.min() ?? 0)
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offsetSeconds(atSecond: middle) + middle >= local { after = middle } else { before = middle }
        }
        return Instant(nanoseconds: after * 1_000_000_000)
    }

    /// The day that an instant falls on.
    package func day(of instant: Instant) -> CivilDate {
        CivilDate(daysSinceEpoch: localTime(of: instant).day)
    }

    /// What clocks in the zone show at an instant, such as `2033-01-01T00:00`; with seconds where they are not zero.
    package func clockText(of instant: Instant) -> String {
        let (day, second) = localTime(of: instant)
        var text = CivilDate(daysSinceEpoch: day).description + "T"
        text += CalendarDigits.padded(second / 3_600, 2) + ":" + CalendarDigits.padded(second / 60 % 60, 2)
        return second % 60 == 0 ? text : text + ":" + CalendarDigits.padded(second % 60, 2)
    }

    private func localTime(of instant: Instant) -> (day: Int64, second: Int64) {
        let utc = CalendarDigits.floorDivide(instant.nanoseconds, 1_000_000_000).quotient
        let (day, second) = CalendarDigits.floorDivide(utc + offsetSeconds(atSecond: utc), Self.secondsPerDay)
        return (day, second)
    }

    private static let secondsPerDay: Int64 = 86_400

    func offsetSeconds(atSecond second: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
}
