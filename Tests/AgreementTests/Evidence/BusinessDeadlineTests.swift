// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Deadlines in business days")
struct BusinessDeadlineTests {
    private static let holidays = ["2025-12-25", "2026-01-01", "2026-06-19", "2026-12-25", "2027-01-01"]

    private func end(
        _ count: Int, after instant: Instant, in zone: String,
        weekend: [BusinessCalendar.Weekday] = [.saturday, .sunday]
    ) throws -> Instant {
        let calendar = BusinessCalendar(
            id: "business", weekend: weekend, holidays: Self.holidays.compactMap { CivilDate(text: $0) })
        return calendar.end(ofBusinessDay: count, after: instant, in: try #require(DayZone(named: zone)))
    }

    @Test(
        "A deadline is the end of the last business day, and the day of the beginning is not counted",
        arguments: [
            (10, "2026-06-01T12:00:00Z", "America/Los_Angeles", "2026-06-16T07:00:00Z"),
            (1, "2026-06-01T12:00:00Z", "UTC", "2026-06-03T00:00:00Z"),
            (0, "2026-06-01T12:00:00Z", "UTC", "2026-06-02T00:00:00Z"),
            // Friday evening in California is Saturday in Greenwich; the next business day is Monday for both.
            (1, "2026-06-06T03:00:00Z", "America/Los_Angeles", "2026-06-09T07:00:00Z"),
            (1, "2026-06-06T03:00:00Z", "UTC", "2026-06-09T00:00:00Z"),
            // Over a holiday on a Friday.
            (5, "2026-06-15T12:00:00Z", "America/Los_Angeles", "2026-06-24T07:00:00Z"),
            // Begun on a holiday, and on a Sunday.
            (1, "2026-06-19T18:00:00Z", "America/Los_Angeles", "2026-06-23T07:00:00Z"),
            (1, "2026-06-21T18:00:00Z", "America/Los_Angeles", "2026-06-23T07:00:00Z"),
            // Over the end of a year.
            (2, "2026-12-30T20:00:00Z", "America/Los_Angeles", "2027-01-05T08:00:00Z"),
            (3, "2025-12-24T20:00:00Z", "Europe/London", "2025-12-31T00:00:00Z"),
            // Midnight belongs to the day that begins; a nanosecond earlier does not.
            (1, "2026-06-02T07:00:00Z", "America/Los_Angeles", "2026-06-04T07:00:00Z"),
            (1, "2026-06-02T06:59:59.999999999Z", "America/Los_Angeles", "2026-06-03T07:00:00Z"),
            // Clocks change on the Sunday between: the deadline has the new offset.
            (1, "2026-03-06T20:00:00Z", "America/Los_Angeles", "2026-03-10T07:00:00Z"),
            (1, "2026-10-30T20:00:00Z", "America/Los_Angeles", "2026-11-03T08:00:00Z"),
            // Samoa had no Friday, 30 December 2011.
            (1, "2011-12-29T12:00:00Z", "Pacific/Apia", "2012-01-02T10:00:00Z"),
        ])
    func deadlines(count: Int, from: String, zone: String, expected: String) throws {
        let start = try #require(Instant(rfc3339: from))
        #expect(try end(count, after: start, in: zone).description == expected)
    }

    @Test("A week may end on other days than Saturday and Sunday")
    func otherWeekend() throws {
        let thursday = try #require(Instant(rfc3339: "2026-06-04T09:00:00Z"))
        let deadline = try end(1, after: thursday, in: "Asia/Riyadh", weekend: [.friday, .saturday])
        #expect(deadline.description == "2026-06-07T21:00:00Z")
    }

    @Test("A calendar without business days, and an instant beyond all calendars, have no deadline")
    func never() throws {
        #expect(
            try end(1, after: Scenario.noon, in: "UTC", weekend: BusinessCalendar.Weekday.allCases) == .distantFuture)
        for instant in [Instant.distantPast, .distantFuture, Instant(nanoseconds: .max - 1)] {
            #expect(try end(1, after: instant, in: "Pacific/Kiritimati") == .distantFuture)
        }
    }

    @Test("The day of an instant is the one whose beginning it is not before, in every zone and season")
    func dayOfInstant() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = CaseRandom(seed: seed)
        for name in [
            "UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Apia", "America/Havana", "Etc/GMT+12",
        ] {
            let zone = try #require(DayZone(named: name))
            for _ in 0..<500 {
                let instant = Instant(nanoseconds: random.number(1_300_000_000...1_800_000_000) * 1_000_000_000)
                let day = zone.day(of: instant)
                let next = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)
                #expect(zone.start(of: day) <= instant && instant < zone.start(of: next), "seed \(seed), \(name)")
            }
        }
    }
}
