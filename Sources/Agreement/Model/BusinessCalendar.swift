// SPDX-License-Identifier: Apache-2.0

/// Which days of the agreement's zone are business days.
package struct BusinessCalendar: Sendable, Equatable {
    /// A day of the week.
    package enum Weekday: String, Sendable, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday

        /// The name for people.
        package var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    /// The identifier used by clauses.
    package var id: String
    /// The days of the week that are no business days; never all seven.
    package var weekend: [Weekday]
    /// The further days that are none, in their order.
    package var holidays: [CivilDate]

    package init(id: String, weekend: [Weekday], holidays: [CivilDate]) {
        self.id = id
        self.weekend = weekend
        self.holidays = holidays
    }

    /// Whether a day is a business day.
    package func isBusinessDay(_ date: CivilDate) -> Bool {
        !weekend.contains(date.weekday) && !holidays.contains(date)
    }
}

extension CivilDate {
    /// The day of the week.
    package var weekday: BusinessCalendar.Weekday {
        // 1970-01-01 was a Thursday.
        let index = CalendarDigits.floorDivide(daysSinceEpoch + 3, 7).remainder
        return BusinessCalendar.Weekday.allCases[Int(index)]
    }
}
