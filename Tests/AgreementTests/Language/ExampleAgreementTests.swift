// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Example agreements")
struct ExampleAgreementTests {
    private func consolidation(_ name: String, events: [EventOccurrence] = []) throws -> Consolidation {
        let reading = try AgreementReader.read(bytes: LanguageFiles.example(name), file: name)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.rendered))")
        return Consolidation(try #require(reading.document), events: events)
    }

    @Test(
        "The reported partnership is exclusive, then exclusive for the API, then primary",
        arguments: [
            ("2019-07-21T12:00:00Z", []),
            ("2022-01-01T00:00:00Z", ["exclusive-cloud of exclusive-2019", "licence of exclusive-2019"]),
            ("2024-01-01T00:00:00Z", ["licence of exclusive-2019", "exclusive-cloud of exclusive-2023"]),
            ("2025-12-01T00:00:00Z", ["api-on-azure of next-phase", "licence of next-phase"]),
            (
                "2026-05-01T00:00:00Z",
                [
                    "azure-capacity of non-exclusive-2026", "azure-declines of non-exclusive-2026",
                    "first-on-azure of non-exclusive-2026", "licence of non-exclusive-2026",
                    "primary of non-exclusive-2026",
                ]
            ),
            (
                "2033-01-01T08:00:00Z",
                [
                    "azure-capacity of non-exclusive-2026", "azure-declines of non-exclusive-2026",
                    "first-on-azure of non-exclusive-2026", "primary of non-exclusive-2026",
                ]
            ),
        ])
    func structures(instant: String, expected: [String]) throws {
        let at = try #require(Instant(rfc3339: instant))
        let clauses = try consolidation("microsoft-openai-as-reported.yaml").clauses(at: at)
        #expect(clauses.map { "\($0.clause.id) of \($0.instrument)" } == expected)
    }

    @Test("The licence has no gap from the first paper through 2032")
    func contiguousLicence() throws {
        let periods = try consolidation("microsoft-openai-as-reported.yaml").periods.filter {
            $0.clause.id == "licence"
        }
        #expect(periods.first?.from.description == "2019-07-22T07:00:00Z")
        #expect(periods.last?.to.description == "2033-01-01T08:00:00Z")
        for (left, right) in zip(periods, periods.dropFirst()) { #expect(left.to == right.from) }
    }

    @Test("Every clause of the reported partnership says where it comes from")
    func sources() throws {
        let consolidation = try consolidation("microsoft-openai-as-reported.yaml")
        #expect(consolidation.periods.allSatisfy { $0.clause.source != nil })
        for period in consolidation.periods where period.clause.source?.grade == .assumed {
            #expect(!period.clause.assumed.isEmpty)
        }
    }

    @Test("The newcomer's agreement has ten lines of terms and one clause")
    func newcomer() throws {
        let lines = try String(decoding: LanguageFiles.example("primary-cloud.yaml"), as: UTF8.self)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 10)
        #expect(try consolidation("primary-cloud.yaml").periods.map(\.clause.kind.name) == ["primary-cloud"])
    }
}
