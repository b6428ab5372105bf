// SPDX-License-Identifier: Apache-2.0

extension SettlementPeriod {
    /// The period in which a day lies: its first day, and the first day after it.
    package func days(around day: CivilDate) -> (first: CivilDate, next: CivilDate) {
        var first = day
        first.day = 1
        first.month = (day.month - 1) / months * months + 1
        var next = first
        next.month += months
        if next.month > 12 {
            next.month -= 12
            next.year += 1
        }
        return (first, next)
    }
}
