// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Settlement periods")
struct SettlementPeriodTests {
    @Test(
        "hold whole calendar months, counted from January",
        arguments: [
            (SettlementPeriod.month, "2026-02-28", "2026-02-01", "2026-03-01"),
            (.month, "2026-12-31", "2026-12-01", "2027-01-01"),
            (.quarter, "2026-01-01", "2026-01-01", "2026-04-01"),
            (.quarter, "2026-11-25", "2026-10-01", "2027-01-01"),
            (.halfYear, "2026-06-30", "2026-01-01", "2026-07-01"),
            (.halfYear, "2026-07-01", "2026-07-01", "2027-01-01"),
            (.year, "2024-02-29", "2024-01-01", "2025-01-01"),
        ])
    func days(period: SettlementPeriod, day: String, first: String, next: String) throws {
        let found = period.days(around: try #require(CivilDate(text: day)))
        #expect(found.first.description == first)
        #expect(found.next.description == next)
    }
}
