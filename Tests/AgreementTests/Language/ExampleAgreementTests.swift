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

    private func instant(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: text))
    }

    /// The clauses in force, as `clause of instrument`, in the order of their beginnings.
    private func inForce(_ name: String, at text: String, events: [EventOccurrence] = []) throws -> [String] {
        try consolidation(name, events: events).clauses(at: instant(text)).map { "\($0.clause.id) of \($0.instrument)" }
    }

    @Test(
        "The reported partnership is exclusive, then exclusive for the API, then primary",
        arguments: [
            ("2019-07-21T12:00:00Z", []),
            ("2022-01-01T00:00:00Z", ["exclusive-cloud of exclusive-2019", "licence of exclusive-2019"]),
            ("2024-01-01T00:00:00Z", ["licence of exclusive-2019", "exclusive-cloud of exclusive-2023"]),
            (
                "2025-12-01T00:00:00Z",
                [
                    "api-on-azure of next-phase", "azure-commitment of next-phase", "licence of next-phase",
                    "share-to-microsoft of next-phase",
                ]
            ),
            (
                "2026-05-01T00:00:00Z",
                [
                    "azure-commitment of next-phase", "azure-capacity of non-exclusive-2026",
                    "azure-declines of non-exclusive-2026", "first-on-azure of non-exclusive-2026",
                    "licence of non-exclusive-2026", "primary of non-exclusive-2026",
                ]
            ),
            (
                "2033-01-01T08:00:00Z",
                [
                    "azure-commitment of next-phase", "azure-capacity of non-exclusive-2026",
                    "azure-declines of non-exclusive-2026", "first-on-azure of non-exclusive-2026",
                    "primary of non-exclusive-2026",
                ]
            ),
        ])
    func structures(instant: String, expected: [String]) throws {
        #expect(try inForce("microsoft-openai-as-reported.yaml", at: instant) == expected)
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

    @Test(
        "The public record has eight papers, and each changes what is in force but the two that bind nobody",
        arguments: [
            ("2019-07-21T12:00:00Z", []),
            (
                "2020-01-01T00:00:00Z",
                [
                    "exclusive-capacity of exclusive-2019", "exclusive-cloud of exclusive-2019",
                    "licence of exclusive-2019",
                ]
            ),
            (
                "2024-01-01T00:00:00Z",
                [
                    "exclusive-capacity of exclusive-2019", "licence of gpt-3-licence",
                    "agi-by-board of exclusive-2023", "exclusive-cloud of exclusive-2023",
                    "share-to-microsoft of exclusive-2023",
                ]
            ),
            ("2025-06-01T00:00:00Z", january2025),
            // After the memorandum.
            ("2025-10-01T00:00:00Z", january2025),
            ("2025-12-01T00:00:00Z", october2025),
            // After the joint statement.
            ("2026-03-15T00:00:00Z", october2025),
            (
                "2026-05-01T00:00:00Z",
                [
                    "agi of next-chapter", "azure-commitment of next-chapter", "research-licence of next-chapter",
                    "azure-capacity of amendment-2026-04", "azure-declines of amendment-2026-04",
                    "first-on-azure of amendment-2026-04", "licence of amendment-2026-04",
                    "primary of amendment-2026-04", "share-to-microsoft of amendment-2026-04",
                ]
            ),
            (
                "2033-01-01T08:00:00Z",
                [
                    "agi of next-chapter", "azure-commitment of next-chapter", "azure-capacity of amendment-2026-04",
                    "azure-declines of amendment-2026-04",
                ]
            ),
        ] as [(String, [String])])
    func publicRecord(instant: String, expected: [String]) throws {
        #expect(try inForce("microsoft-openai.yaml", at: instant) == expected)
    }

    private static let january2025 = [
        "agi-by-board of exclusive-2023", "api-on-azure of amendment-2025-01", "licence of amendment-2025-01",
        "new-capacity of amendment-2025-01", "share-to-microsoft of amendment-2025-01",
        "share-to-openai of amendment-2025-01",
    ]
    private static let october2025 = [
        "share-to-openai of amendment-2025-01", "agi of next-chapter", "api-on-azure of next-chapter",
        "azure-commitment of next-chapter", "exclusive-licence of next-chapter",
        "first-party-on-azure of next-chapter", "licence of next-chapter", "research-licence of next-chapter",
        "share-to-microsoft of next-chapter",
    ]

    @Test("Verified AGI ends what the public record ties to it, and research rights end with 2030 without it")
    func agiVerified() throws {
        let verified = EventOccurrence(
            event: "agi-verified", actsFrom: try instant("2026-01-10T00:00:00Z"), endsAt: nil)
        #expect(
            try inForce("microsoft-openai.yaml", at: "2026-02-01T00:00:00Z", events: [verified]) == [
                "share-to-openai of amendment-2025-01", "agi of next-chapter", "azure-commitment of next-chapter",
                "licence of next-chapter",
            ])
        let research = try consolidation("microsoft-openai.yaml").periods.filter { $0.clause.id == "research-licence" }
        #expect(research.map(\.to.description) == ["2031-01-01T08:00:00Z"])
    }

    @Test("Money: both files have the commitment, one ends the share to Microsoft, the other caps it")
    func money() throws {
        for name in ["microsoft-openai.yaml", "microsoft-openai-as-reported.yaml"] {
            let periods = try consolidation(name).periods
            let amounts = periods.compactMap { period -> String? in
                guard case .spendCommitment(let spend) = period.clause.kind else { return nil }
                return spend.amount.description
            }
            #expect(amounts == ["250 billion USD"])
        }
        let reported = try consolidation("microsoft-openai-as-reported.yaml").periods
        #expect(
            reported.filter { $0.clause.kind.name == "revenue-share" }.map(\.to.description) == ["2026-04-27T07:00:00Z"]
        )
        let shares = try consolidation("microsoft-openai.yaml").periods.filter {
            $0.clause.kind.name == "revenue-share"
        }
        for period in shares { #expect(Set(["rate", "base", "period"]).isSubset(of: period.clause.assumed)) }
        #expect(
            shares.filter { $0.clause.id == "share-to-openai" }.map(\.to.description) == ["2026-04-27T07:00:00Z"])
        guard let last = shares.last, case .revenueShare(let share) = last.clause.kind else {
            Issue.record("the last share is missing")
            return
        }
        #expect(last.clause.id == "share-to-microsoft")
        #expect(last.to.description == "2031-01-01T08:00:00Z")
        #expect(share.cap?.amount.description == "38 billion USD")
        #expect(share.netsWith == nil)
        #expect(last.clause.assumed.contains("cap"))
    }

    @Test(
        "Every clause of a public partnership quotes briefly and says where its words come from and what is assumed",
        arguments: [
            "amazon-openai.yaml", "anthropic-multi-cloud.yaml", "microsoft-openai-as-reported.yaml",
            "microsoft-openai.yaml",
        ])
    func sources(name: String) throws {
        for period in try consolidation(name).periods {
            let source = try #require(period.clause.source, "\(period.clause.id)")
            #expect(source.grade != .assumed || !period.clause.assumed.isEmpty, "\(period.clause.id)")
            #expect((period.clause.text?.utf8.count ?? 0) < 250, "\(period.clause.id)")
        }
    }

    @Test("What OpenAI buys from Amazon since February 2026 comes on top of what it had committed to before")
    func amazon() throws {
        let spends = try spends("amazon-openai.yaml")
        #expect(spends.map { $0.spend.amount.description } == ["38 billion USD", "100 billion USD"])
        #expect(spends.last?.spend.incrementalTo == .clause("aws-commitment"))
        #expect(spends.map { $0.to } == ["2032-11-03T07:00:00Z", "2034-02-27T08:00:00Z"])
    }

    @Test("The increase of the commitment at Azure comes on top of it, and ends with it")
    func macc() throws {
        let spends = try spends("enterprise-macc.yaml")
        #expect(spends.map { $0.spend.amount.description } == ["60 million USD", "20 million USD"])
        #expect(spends.last?.spend.incrementalTo == .clause("macc"))
        #expect(spends.map { $0.to } == ["2029-07-01T04:00:00Z", "2029-07-01T04:00:00Z"])
        #expect(spends.allSatisfy { $0.spend.contributors == ["acme-labs"] && $0.spend.shortfall.isAutomatic })
        #expect(spends.allSatisfy { $0.spend.endsWith == .month })
    }

    @Test("The commitment at AWS is in yearly steps with a monthly minimum, and a part of a step may be met later")
    func edp() throws {
        let spend = try #require(try spends("enterprise-edp.yaml").first?.spend)
        guard case .steps(let steps) = spend.schedule else {
            Issue.record("the commitment has no steps")
            return
        }
        #expect(steps.map(\.amount.description) == ["10 million USD", "12 million USD", "15 million USD"])
        #expect(spend.minimum?.period == .month)
        #expect(spend.rollover?.periods == 1)
        #expect(try consolidation("enterprise-edp.yaml").suspensions.map(\.clause) == ["home"])
    }

    private func spends(_ name: String) throws -> [(spend: SpendCommitmentClause, to: String)] {
        try consolidation(name).periods.compactMap { period in
            guard case .spendCommitment(let spend) = period.clause.kind else { return nil }
            return (spend, period.to.description)
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
