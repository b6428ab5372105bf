// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Suspended clauses")
struct SuspensionTests {
    private let founding =
        "  - {id: first, kind: agreement, effective: 2026-01-01, clauses: [{id: it, kind: decline, cloud: azure}]}\n"

    private func amendment(_ id: String, _ effective: String, _ operation: String) -> String {
        "  - {id: \(id), kind: amendment, amends: first, effective: \(effective), operations: [{\(operation)}]}\n"
    }

    private func days(_ from: Instant, _ to: Instant) -> String {
        "\(from.description.prefix(10))..\(to.description.prefix(10))"
    }

    private func consolidation(_ instruments: String, events: [EventOccurrence] = []) throws -> Consolidation {
        Consolidation(try SampleAgreement.document(instruments: founding + instruments), events: events)
    }

    @Test(
        "A suspension interrupts a clause until its own end, until it is resumed, or for good",
        arguments: [
            ("suspend: it, until: 2026-08-01", "", ["2026-01-01..2026-06-01", "2026-08-01..open"]),
            ("suspend: it, through: 2026-07-31", "", ["2026-01-01..2026-06-01", "2026-08-01..open"]),
            ("suspend: it", "", ["2026-01-01..2026-06-01"]),
            ("suspend: it", "resume: it", ["2026-01-01..2026-06-01", "2026-09-01..open"]),
            ("suspend: it", "resume: it, from: 2026-10-01", ["2026-01-01..2026-06-01", "2026-10-01..open"]),
            ("suspend: it, from: 2026-07-01", "resume: it", ["2026-01-01..2026-07-01", "2026-09-01..open"]),
            ("suspend: it, until: 2026-12-01", "resume: it", ["2026-01-01..2026-06-01", "2026-09-01..open"]),
            ("suspend: it", "suspend: it, until: 2026-10-01", ["2026-01-01..2026-06-01", "2026-10-01..open"]),
            ("suspend: it", "end: it", ["2026-01-01..2026-06-01"]),
            ("end: it, from: 2026-07-01", "", ["2026-01-01..2026-07-01"]),
            (
                "suspend: it, until: 2026-10-01", "replace: {id: it, kind: decline, cloud: aws}",
                ["2026-01-01..2026-06-01", "2026-10-01..open"]
            ),
        ])
    func suspensions(second: String, third: String, expected: [String]) throws {
        let more = third.isEmpty ? "" : amendment("third", "2026-09-01", third)
        let periods = try consolidation(amendment("second", "2026-06-01", second) + more).periods
        #expect(periods.map { days($0.from, $0.to) } == expected)
    }

    @Test("A suspension until an event ends with it, and runs again when the event is reversed")
    func untilEvent() throws {
        let zone = try #require(DayZone(named: "America/Los_Angeles"))
        func day(_ text: String) throws -> Instant { try zone.start(of: #require(CivilDate(text: text))) }
        let text = amendment("second", "2026-06-01", "suspend: it, until: {event: listed}")
        let event = EventOccurrence(
            event: "listed", actsFrom: try day("2026-08-01"), endsAt: try day("2026-10-01"))
        let consolidation = try consolidation(text, events: [event])
        #expect(
            consolidation.periods.map { days($0.from, $0.to) } == ["2026-01-01..2026-06-01", "2026-08-01..2026-10-01"])
        #expect(
            consolidation.suspensions.map { days($0.from, $0.to) } == ["2026-06-01..2026-08-01", "2026-10-01..open"])
        #expect(Set(consolidation.suspensions.map(\.instrument)) == ["second"])
    }

    @Test("A clause that is added again is not suspended any more")
    func addedAgain() throws {
        let text =
            amendment("second", "2026-06-01", "suspend: it") + amendment("third", "2026-07-01", "end: it")
            + amendment("fourth", "2026-08-01", "add: {id: it, kind: decline, cloud: aws}")
        #expect(
            try consolidation(text).periods.map { days($0.from, $0.to) } == [
                "2026-01-01..2026-06-01", "2026-08-01..open",
            ])
    }

    @Test(
        "A licence runs off where it ends, not where it is suspended or has new words",
        arguments: [
            ("end: it", "2026-06-15", ["first false"]), ("end: it", "2026-09-15", ["first true"]),
            ("suspend: it", "2026-06-15", ["first true"]),
            (
                "replace: {id: it, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, "
                    + "exclusive: false}",
                "2026-06-15", ["second false"]
            ),
        ])
    func runOff(operation: String, day: String, expected: [String]) throws {
        let licence =
            "kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: true, run_off: 60d"
        let document = try SampleAgreement.document(
            instruments: SampleAgreement.instrument(licence) + amendment("second", "2026-06-01", operation))
        let at = try #require(Instant(rfc3339: day + "T12:00:00Z"))
        let terms = Terms(of: [(document, Consolidation(document))], at: at)
        #expect(terms.clauses.map { "\($0.instrument) \($0.isLapsed)" } == expected)
    }
}
