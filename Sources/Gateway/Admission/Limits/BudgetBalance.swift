// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What a key has spent of its budget, and what is set aside for requests in flight; amounts in 10⁻¹⁵ unit.
package struct BudgetBalance: Sendable, Equatable {
    /// Nanoseconds of a day.
    private static let dayNanoseconds: Int64 = 86_400_000_000_000

    /// The day in UTC, counted from 1970-01-01.
    private var day: Int64
    /// The month in UTC, counted from the year 0.
    private var month: Int64
    package private(set) var spentToday: Int128 = 0
    package private(set) var spentThisMonth: Int128 = 0
    package private(set) var reserved: Int128 = 0

    /// A balance as of an instant.
    package init(at: Instant, spentToday: Int128 = 0, spentThisMonth: Int128 = 0) {
        day = Self.day(of: at)
        month = Self.month(ofDay: day)
        self.spentToday = spentToday
        self.spentThisMonth = spentThisMonth
    }

    /// What was spent in the present period.
    package func spent(in period: KeyBudget.Period) -> Int128 {
        period == .day ? spentToday : spentThisMonth
    }

    /// Goes on to an instant; a new period begins with nothing spent.
    package mutating func advance(to at: Instant) {
        let now = Self.day(of: at)
        guard now > day else { return }
        day = now
        spentToday = 0
        let present = Self.month(ofDay: now)
        guard present > month else { return }
        month = present
        spentThisMonth = 0
    }

    /// Sets an amount aside.
    package mutating func reserve(_ amount: Int128) {
        reserved += amount
    }

    /// Gives back what was set aside and counts what was spent.
    package mutating func settle(reserved amount: Int128, spent: Int128) {
        reserved -= amount
        spentToday += spent
        spentThisMonth += spent
    }

    /// The day of an instant in UTC, counted from 1970-01-01.
    package static func day(of at: Instant) -> Int64 {
        let (days, rest) = at.nanoseconds.quotientAndRemainder(dividingBy: dayNanoseconds)
        return rest < 0 ? days - 1 : days
    }

    /// The first day of the month of an instant in UTC, counted from 1970-01-01.
    package static func firstDayOfMonth(of at: Instant) -> Int64 {
        let day = day(of: at)
        return day - (CivilDate(daysSinceEpoch: day).day - 1)
    }

    /// The first day after the period of an instant, counted from 1970-01-01.
    package static func firstDay(after period: KeyBudget.Period, of at: Instant) -> Int64 {
        guard period == .month else { return day(of: at) + 1 }
        // 31 days behind the first of a month lie in the next one.
        return firstDayOfMonth(of: Instant(nanoseconds: (firstDayOfMonth(of: at) + 31) * dayNanoseconds))
    }

    private static func month(ofDay day: Int64) -> Int64 {
        let date = CivilDate(daysSinceEpoch: day)
        return date.year * 12 + date.month
    }
}
