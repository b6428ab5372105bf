// SPDX-License-Identifier: Apache-2.0

extension BusinessCalendar {
    /// How many days are looked at; a year of business days is found in far fewer.
    private static let daysMax = 20_000

    /// The end of the Nth business day after the day of an instant (closed-open): the beginning of the day behind it.
    ///
    /// The day of the instant itself is not counted, whether it is a business day or not. Days are those of the zone,
    /// 23 or 25 hours long where clocks change.
    ///
    /// - Parameters:
    ///   - count: which business day; 0 means the day of the instant itself.
    ///   - instant: from when it is counted.
    ///   - zone: the zone of the days.
    /// - Returns: the instant; ``Instant/distantFuture`` where the calendar has no such day within fifty
    ///   years, or the instant is in no year that dates may be in.
    package func end(ofBusinessDay count: Int, after instant: Instant, in zone: DayZone) -> Instant {
        var day = zone.day(of: instant)
        guard DateLimits.years.contains(day.year) else { return .distantFuture }
        var missing = count
        var looked = 0
        while missing > 0 {
            looked += 1
            guard looked <= Self.daysMax else { return .distantFuture }
            day = day.next
            // A day that the zone skipped, as when it crossed the date line, is none.
            if isBusinessDay(day), zone.start(of: day) < zone.start(of: day.next) { missing -= 1 }
        }
        return zone.start(of: day.next)
    }
}

extension CivilDate {
    /// The day after it.
    fileprivate var next: CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + 1)
    }
}
