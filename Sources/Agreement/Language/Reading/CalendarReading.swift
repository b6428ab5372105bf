// SPDX-License-Identifier: Apache-2.0

/// Reads the calendars in which clauses count business days.
enum CalendarReading {
    private static let weekend = Field.defaulted(
        "weekend", ValueType<BusinessCalendar.Weekday>.word.list(1...7), to: [.saturday, .sunday],
        written: "[saturday, sunday]", "the days of the week that are no business days.")
    private static let holidays = Field.defaulted(
        "holidays", ValueType<CivilDate>.day.list(1...1_000).orWord("none", []), to: [], written: "none",
        "the further days that are none, in their order.")

    /// The type of a calendar; its identifier is the key that it stands under.
    static let type: ValueType<BusinessCalendar> = {
        let table = FieldTable("a calendar", [weekend.description, holidays.description])
        return table.type { mapping in
            let readWeekend = mapping.value(weekend)
            let readHolidays = mapping.value(holidays)
            guard let readWeekend, let readHolidays else { return nil }
            check(weekend: readWeekend, mapping)
            check(holidays: readHolidays, weekend: readWeekend, mapping)
            return BusinessCalendar(id: "", weekend: readWeekend, holidays: readHolidays)
        }
    }()

    private static func check(weekend: [BusinessCalendar.Weekday], _ mapping: MappingReading) {
        guard Set(weekend).count == BusinessCalendar.Weekday.allCases.count else { return }
        mapping.context.error(
            .calendarWithoutBusinessDay, at: mapping.place(of: "weekend"), offending: "7 days",
            message: "the calendar has no business day, so that no period counted in it would end",
            expected: "at most six days", mend: "delete the days on which business is done")
    }

    private static func check(
        holidays: [CivilDate], weekend: [BusinessCalendar.Weekday], _ mapping: MappingReading
    ) {
        let items = mapping.node(of: "holidays")?.items ?? []
        for (index, pair) in zip(items, holidays).enumerated() {
            let (item, day) = pair
            if index > 0, day < holidays[index - 1] {
                mapping.context.error(
                    .holidaysOutOfOrder, at: item.place, offending: day.description,
                    message: "the holiday stands behind a later one, \(holidays[index - 1])",
                    expected: "the holidays in their order, so that new ones are added at the end",
                    mend: "move it to its place")
            }
            if weekend.contains(day.weekday) {
                mapping.context.warning(
                    .holidayOnWeekend, at: item.place, offending: day.description,
                    message: "the holiday is a \(day.weekday.name), which is no business day anyway",
                    expected: "a day that the weekend does not cover",
                    mend: "delete it, or write the day on which it is observed")
            }
        }
    }
}
