// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Timelines")
struct AgreementTimelineTests {
    private func timeline() throws -> AgreementTimeline {
        let version = try VersionSample.example("microsoft-openai-as-reported.yaml")
        return AgreementTimeline(of: try #require(version.members.first))
    }

    @Test("The timeline shows instruments, clauses with their periods, and what ends soon")
    func text() throws {
        let at = try #require(Instant(rfc3339: "2032-12-01T00:00:00Z"))
        let text = try timeline().rendered(at: at, endingWithin: 60)
        #expect(try text == LanguageFiles.golden("rendering/timeline.txt", actual: text))
    }

    @Test("The partnership was restructured twice, and the terms say how")
    func summary() throws {
        let summary = try timeline().summary
        #expect(
            summary == """
                Microsoft and OpenAI partnership, as reported: 2 restructurings
                  1. 2025-10-28 next-phase: ends exclusive-cloud (exclusivity); adds api-on-azure (exclusivity), \
                azure-commitment (spend-commitment) and share-to-microsoft (revenue-share); changes licence \
                (subjects: [models] → [models, products], through: (nothing) → 2032-12-31)
                  2. 2026-04-27 non-exclusive-2026: ends api-on-azure (exclusivity) and share-to-microsoft \
                (revenue-share); adds primary (primary-cloud), first-on-azure (launch-first), azure-capacity \
                (sufficiency) and azure-declines (decline); changes licence (exclusive: true → false)

                """)
    }

    @Test(
        "What ends within some days of an instant is listed, from the instant on",
        arguments: [("2032-12-01T00:00:00Z", 30, 0), ("2032-12-01T00:00:00Z", 32, 1), ("2033-01-01T08:00:00Z", 32, 0)])
    func ending(at: String, days: Int, count: Int) throws {
        let instant = try #require(Instant(rfc3339: at))
        #expect(try timeline().ending(within: days, of: instant).count == count)
    }

    @Test("The timeline as JSON is read back by the strict reader")
    func json() throws {
        let root = try #require(StrictYAML.read(Array(try timeline().json.utf8), file: "timeline.json").root)
        #expect(root.entry("instruments")?.value.items?.count == 4)
        #expect(root.entry("clauses")?.value.items?.last?.entry("to")?.value.text == "null")
        let last = try #require(root.entry("instruments")?.value.items?.last)
        #expect(last.entry("restructuring")?.value.text == "true")
        #expect(last.entry("changed")?.value.items?.first?.entry("detail")?.value.text == "exclusive: true → false")
    }

    @Test("A suspension and a resumption are told, with the day on which they act")
    func suspended() throws {
        let version = try VersionSample.version(
            """
            agreement: deal
            timezone: UTC
            parties: {us: {name: Us}}
            clouds: {azure: {operator: us}}
            instruments:
              - id: first
                kind: agreement
                effective: 2026-01-01
                clauses: [{id: home, kind: primary-cloud, cloud: azure, meaning: try-first}]
              - id: pause
                kind: amendment
                amends: first
                effective: 2027-01-01
                operations: [{suspend: home, from: 2027-02-01, until: 2027-03-01}]
            """)
        let member = try #require(version.members.first)
        #expect(
            AgreementTimeline(of: member).summary == "deal: 1 restructuring\n  1. 2027-01-01 pause: suspends home\n")
        let text = ConsolidatedText(of: member, at: try #require(Instant(rfc3339: "2026-05-01T00:00:00Z")))
        #expect(
            text.clauses.first?.history.map { "\($0.day) \($0.what) \($0.isToCome)" } == [
                "2026-01-01 added false", "2027-02-01 suspended true",
            ])
        let before = try #require(Instant(rfc3339: "2027-01-15T00:00:00Z"))
        let during = try #require(Instant(rfc3339: "2027-02-15T00:00:00Z"))
        var (earlier, later) = (version, version)
        (earlier.at, later.at) = (before, during)
        let gone = try #require(AgreementDifference(from: earlier, to: later).redline.clauses.first)
        #expect(gone.fate == .suspended)
        #expect(gone.instrumentAfter == "pause")
        #expect(gone.endedAt?.description == "2027-02-01T00:00:00Z")
        #expect(gone.suspendedUntil?.description == "2027-03-01T00:00:00Z")
    }
}
