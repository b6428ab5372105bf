// SPDX-License-Identifier: Apache-2.0

extension DayZone {
    /// An instant as the clocks of the zone show it, with their offset: `2026-04-27T00:00:00-07:00`; `open` for the end
    /// of time.
    package func text(of instant: Instant) -> String {
        guard instant != .distantFuture, instant != .distantPast else { return instant.description }
        let second = CalendarDigits.floorDivide(instant.nanoseconds, 1_000_000_000).quotient
        let offset = offsetSeconds(atSecond: second)
        let local = instant.advanced(byMilliseconds: offset * 1_000).description.dropLast()
        guard offset != 0 else { return local + "Z" }
        let minutes = abs(offset) / 60
        return local + (offset < 0 ? "-" : "+") + CalendarDigits.padded(minutes / 60, 2) + ":"
            + CalendarDigits.padded(minutes % 60, 2)
    }
}
