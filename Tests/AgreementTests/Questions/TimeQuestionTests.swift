// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Questions about time")
struct TimeQuestionTests {
    private func clause(_ fields: String, zone: String = "America/Los_Angeles") throws -> ClausePeriod {
        let text = (SampleAgreement.header + "instruments:\n" + SampleAgreement.instrument("kind: decline, \(fields)"))
            .replacing("America/Los_Angeles", with: zone)
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "sample.yaml")
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
        return try #require(Consolidation(document).periods.first)
    }

    @Test("Question 1: \"through 2030\" is up to 2031-01-01T00:00 in the agreement's zone, and both are printed")
    func through() throws {
        let period = try clause("cloud: azure, through: 2030-12-31")
        #expect(period.to.description == "2031-01-01T08:00:00Z")
        #expect(period.contains(period.to.advanced(byNanoseconds: -1)) && !period.contains(period.to))
        let document = try SampleAgreement.document(
            instruments: SampleAgreement.instrument("kind: decline, cloud: azure, through: 2030-12-31"))
        let words = try #require(period.clause.words(in: document).last)
        #expect(words.contains("the end of 2030-12-31, that is until 2031-01-01T00:00 in America/Los_Angeles"))
    }

    @Test("Question 2: the zone must be declared")
    func zoneIsRequired() {
        let text = SampleAgreement.header.replacing("timezone: America/Los_Angeles\n", with: "")
        let reading = AgreementReader.read(
            bytes: Array((text + "instruments:\n" + SampleAgreement.instrument("kind: decline, cloud: azure")).utf8),
            file: "sample.yaml")
        #expect(reading.diagnostics.map(\.message) == ["`timezone` is missing in an agreement"])
    }

    @Test(
        "Question 2: a day has the hours that clocks in the zone give it",
        arguments: [("2026-03-08", 23), ("2026-11-01", 25), ("2026-06-01", 24)] as [(String, Int64)])
    func days(day: String, hours: Int64) throws {
        let period = try clause("cloud: azure, from: \(day), through: \(day)")
        #expect(period.to.milliseconds(since: period.from) == hours * 3_600_000)
    }

    @Test("Question 3: an end at 23:59:59 lacks a second, which the reader says; a second later is what is meant")
    func inclusiveEnds() throws {
        let warned = SampleAgreement.faults("kind: decline, cloud: azure, until: 2027-12-31T23:59:59Z")
        #expect(warned == ["inclusive-end"])
        let meant = try clause("cloud: azure, until: 2028-01-01T00:00:00Z")
        #expect(meant.to == (try clause("cloud: azure, through: 2027-12-31", zone: "UTC").to))
    }

    @Test("Question 4: only the effective instant changes terms, not the announcement and not the signature")
    func announcedSignedEffective() throws {
        let announcement = """
              - id: announcement
                kind: non-binding
                effective: 2026-02-01
                clauses: [{id: it, kind: decline, cloud: aws}]

            """
        let amendment = """
              - id: second
                kind: amendment
                amends: first
                signed: 2026-03-01
                effective: 2026-06-01
                operations: [{end: it}]

            """
        let founding = SampleAgreement.instrument("kind: decline, cloud: azure")
        let all = try Consolidation(SampleAgreement.document(instruments: founding + announcement + amendment))
        #expect(all.boundaries.map(\.description) == ["2026-01-01T08:00:00Z", "2026-06-01T07:00:00Z"])
        let unsigned = amendment.replacing("    signed: 2026-03-01\n", with: "")
        #expect(try Consolidation(SampleAgreement.document(instruments: founding + unsigned)).periods == all.periods)
    }
}
