// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Business calendars")
struct BusinessCalendarTests {
    @Test(
        "Weekends and holidays are no business days",
        arguments: [
            ("2026-01-01", false), ("2026-01-02", true), ("2026-01-03", false), ("2026-01-04", false),
            ("2026-01-05", true), ("2024-02-29", true), ("1969-12-31", true), ("2026-12-25", false),
        ])
    func businessDays(day: String, isBusinessDay: Bool) throws {
        let document = try SampleAgreement.document(
            instruments: "  - {id: first, kind: agreement, effective: 2026-01-01, statements: [{id: a, text: A.}]}\n")
        let calendar = try #require(document.calendars.first)
        #expect(calendar.id == "us-business")
        #expect(calendar.isBusinessDay(try #require(CivilDate(text: day))) == isBusinessDay)
    }
}
