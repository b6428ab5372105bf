// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Days in a zone")
struct DayZoneTests {
    @Test(
        "A day begins when the clocks of the zone first show it",
        arguments: [
            ("UTC", "2026-04-27", "2026-04-27T00:00:00Z"),
            ("America/Los_Angeles", "2026-04-27", "2026-04-27T07:00:00Z"),
            ("America/Los_Angeles", "2026-01-15", "2026-01-15T08:00:00Z"),
            // The days on which clocks change begin with the old offset.
            ("America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z"),
            ("America/Los_Angeles", "2026-03-09", "2026-03-09T07:00:00Z"),
            ("America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00Z"),
            ("America/Los_Angeles", "2026-11-02", "2026-11-02T08:00:00Z"),
            ("Asia/Kolkata", "2026-01-01", "2025-12-31T18:30:00Z"),
            ("Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z"),
            // Midnight was skipped: clocks went from 24:00 to 01:00.
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
            // Midnight came twice: clocks went back from 01:00 to 00:00.
            ("America/Havana", "2025-11-02", "2025-11-02T04:00:00Z"),
            // The whole day was skipped: Samoa crossed the date line.
            ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
        ])
    func startOfDay(zone: String, day: String, expected: String) throws {
        let zone = try #require(DayZone(named: zone))
        let date = try #require(CivilDate(text: day))
        #expect(zone.start(of: date).description == expected)
    }

    @Test(
        "Abbreviations, offsets and other names are no zones",
        arguments: ["PST", "GMT+5", "+01:00", "", "Mars/Base", "utc"])
    func unknown(name: String) {
        #expect(DayZone(named: name) == nil)
    }

    @Test("A year of days is a year of seconds, with one day of 23 hours and one of 25")
    func lengths() throws {
        let zone = try #require(DayZone(named: "America/Los_Angeles"))
        let first = try #require(CivilDate(text: "2026-01-01")).daysSinceEpoch
        let hours = (first..<first + 365).map { day in
            let start = zone.start(of: CivilDate(daysSinceEpoch: day))
            return zone.start(of: CivilDate(daysSinceEpoch: day + 1)).milliseconds(since: start) / 3_600_000
        }
        #expect(hours.reduce(0, +) == 365 * 24)
        #expect(hours.filter { $0 != 24 } == [23, 25])
    }

    @Test(
        "An instant is said as clocks of the zone show it, also on the days that clocks change",
        arguments: [
            ("2033-01-01T08:00:00Z", "2033-01-01T00:00"), ("2033-01-01T07:59:59.999Z", "2032-12-31T23:59:59"),
            ("2026-03-08T09:59:00Z", "2026-03-08T01:59"), ("2026-03-08T10:00:00Z", "2026-03-08T03:00"),
            ("2026-11-01T08:30:00Z", "2026-11-01T01:30"), ("2026-11-01T09:30:00Z", "2026-11-01T01:30"),
            ("1969-12-31T20:00:05Z", "1969-12-31T12:00:05"),
        ])
    func clocks(instant: String, shown: String) throws {
        let zone = try #require(DayZone(named: "America/Los_Angeles"))
        let instant = try #require(Instant(rfc3339: instant))
        #expect(zone.clockText(of: instant) == shown)
        #expect(zone.day(of: instant).description == String(shown.prefix(10)))
    }
}
