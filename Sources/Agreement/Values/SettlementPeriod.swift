// SPDX-License-Identifier: Apache-2.0

/// How often something is counted or paid: whole calendar periods of the agreement's zone.
package enum SettlementPeriod: String, Sendable, CaseIterable {
    case month
    case quarter
    case halfYear = "half-year"
    case year

    /// How many months it has.
    package var months: Int64 {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }

    /// Whether one of these periods, counted from January, ends with a day.
    package func ends(with day: CivilDate) -> Bool {
        CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1).day == 1 && day.month.isMultiple(of: months)
    }
}
