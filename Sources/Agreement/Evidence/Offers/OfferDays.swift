// SPDX-License-Identifier: Apache-2.0

/// The days in which an agreement counts response windows: its zone and its calendars.
package struct OfferDays: Sendable, Equatable {
    package var zone: DayZone
    package var calendars: [BusinessCalendar]

    package init(zone: DayZone, calendars: [BusinessCalendar]) {
        self.zone = zone
        self.calendars = calendars
    }

    /// The end of a response window (closed-open): an answer at it is too late.
    ///
    /// - Parameters:
    ///   - window: how long the holder may take.
    ///   - offered: when the holder had the complete offer.
    /// - Returns: the instant; ``Instant/distantFuture`` where the window can't be counted, so that nothing lapses.
    package func end(of window: RightOfFirstRefusalClause.ResponseWindow, from offered: Instant) -> Instant {
        switch window {
        case .milliseconds(let length):
            return offered.advanced(byMilliseconds: length)
        case .businessDays(let count, let calendar):
            guard let calendar = calendars.first(where: { $0.id == calendar }) else { return .distantFuture }
            return calendar.end(ofBusinessDay: count, after: offered, in: zone)
        }
    }
}
