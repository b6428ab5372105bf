// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Clauses over time")
struct ConsolidationTests {
    private static let founding = """
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: it, kind: decline, cloud: azure%}

        """

    private func founding(_ more: String = "") -> String {
        Self.founding.replacing("%", with: more)
    }

    private func amendment(_ id: String, _ effective: String, _ operation: String, precedence: Int? = nil) -> String {
        let order = precedence.map { ", precedence: \($0)" } ?? ""
        return "  - {id: \(id), kind: amendment, amends: first, effective: \(effective)\(order), "
            + "operations: [{\(operation)}]}\n"
    }

    private func day(_ text: String) throws -> Instant {
        let zone = try #require(DayZone(named: "America/Los_Angeles"))
        return try zone.start(of: #require(CivilDate(text: text)))
    }

    /// Periods as `cloud from..to`, with days.
    private func periods(_ instruments: String, events: [EventOccurrence] = []) throws -> [String] {
        let document = try SampleAgreement.document(instruments: instruments)
        return Consolidation(document, events: events).periods.map { period in
            guard case .decline(let decline) = period.clause.kind else { return "?" }
            return "\(decline.cloud) \(period.from.description.prefix(10))..\(period.to.description.prefix(10))"
        }
    }

    @Test("A clause begins with its instrument and stays open")
    func open() throws {
        #expect(try periods(founding()) == ["azure 2026-01-01..open"])
    }

    @Test("New words take over at the amendment's effective instant, to the nanosecond")
    func replace() throws {
        let text = founding() + amendment("second", "2026-06-01", "replace: {id: it, kind: decline, cloud: aws}")
        #expect(try periods(text) == ["azure 2026-01-01..2026-06-01", "aws 2026-06-01..open"])
        let consolidation = try Consolidation(SampleAgreement.document(instruments: text))
        let change = try day("2026-06-01")
        #expect(consolidation.clauses(at: change).map(\.instrument) == ["second"])
        #expect(consolidation.clauses(at: change.advanced(byNanoseconds: -1)).map(\.instrument) == ["first"])
        #expect(consolidation.boundaries == [try day("2026-01-01"), change])
        #expect(consolidation.nextBoundary(after: .distantPast) == (try day("2026-01-01")))
        #expect(consolidation.nextBoundary(after: change.advanced(byNanoseconds: -1)) == change)
        #expect(consolidation.nextBoundary(after: change) == .distantFuture)
    }

    @Test("New words that begin later leave the old ones in force until then")
    func laterReplace() throws {
        let text =
            founding()
            + amendment("second", "2026-06-01", "replace: {id: it, kind: decline, cloud: aws, from: 2026-08-01}")
        #expect(try periods(text) == ["azure 2026-01-01..2026-08-01", "aws 2026-08-01..open"])
    }

    @Test("An ended clause stays listed, and may come back")
    func endAndAddAgain() throws {
        let text =
            founding() + amendment("second", "2026-06-01", "end: it")
            + amendment("third", "2026-09-01", "add: {id: it, kind: decline, cloud: aws}")
        #expect(try periods(text) == ["azure 2026-01-01..2026-06-01", "aws 2026-09-01..open"])
    }

    @Test("A clause ended before it began never was in force")
    func endedBeforeItBegan() throws {
        #expect(try periods(founding(", from: 2026-07-01") + amendment("second", "2026-06-01", "end: it")) == [])
    }

    @Test("The order of instruments in the file means nothing")
    func fileOrder() throws {
        let second = amendment("second", "2026-06-01", "replace: {id: it, kind: decline, cloud: aws}")
        #expect(try periods(second + founding()) == periods(founding() + second))
    }

    @Test("Of two instruments at one instant the higher precedence goes later, and wins")
    func precedence() throws {
        let low = amendment("low", "2026-06-01", "replace: {id: it, kind: decline, cloud: aws}", precedence: 1)
        let high = amendment("high", "2026-06-01", "end: it", precedence: 2)
        for text in [founding() + low + high, founding() + high + low] {
            #expect(try periods(text) == ["azure 2026-01-01..2026-06-01"])
        }
    }

    @Test("An amendment on the founding day needs precedence too")
    func precedenceOnTheFirstDay() {
        let reading = SampleAgreement.reading(
            instruments: founding() + amendment("second", "2026-01-01", "end: it"))
        #expect(reading.diagnostics.map(\.code) == [.precedenceNeeded])
    }

    @Test("A draft counts only where it is asked for")
    func drafts() throws {
        let text =
            founding() + amendment("second", "2026-06-01", "end: it").replacing("amends", with: "draft: true, amends")
        let document = try SampleAgreement.document(instruments: text)
        #expect(Consolidation(document).periods.map(\.to) == [.distantFuture])
        #expect(try Consolidation(document, includingDrafts: true).periods.map(\.to) == [day("2026-06-01")])
    }

    @Test("Two drafts may be alternatives to each other")
    func alternativeDrafts() throws {
        let drafts = ["second", "third"].map {
            amendment($0, "2026-06-01", "end: it").replacing("amends", with: "draft: true, amends")
        }
        #expect(try SampleAgreement.document(instruments: founding() + drafts.joined()).instruments.count == 3)
    }

    @Test(
        "Events bound periods from when they act, and a reversal reopens them",
        arguments: [
            ("{event: agi-verified}", [], ["azure 2026-01-01..open"]),
            ("{event: agi-verified}", ["2027-03-01.."], ["azure 2026-01-01..2027-03-01"]),
            (
                "{event: agi-verified}", ["2027-03-01..2027-05-01"],
                ["azure 2026-01-01..2027-03-01", "azure 2027-05-01..open"]
            ),
            (
                "{event: agi-verified}", ["2027-03-01..2027-05-01", "2028-01-01.."],
                ["azure 2026-01-01..2027-03-01", "azure 2027-05-01..2028-01-01"]
            ),
            ("{event: agi-verified}", ["2025-03-01.."], []),
            ("{earliest_of: [{event: agi-verified}, {through: 2030-12-31}]}", [], ["azure 2026-01-01..2031-01-01"]),
            (
                "{earliest_of: [{event: agi-verified}, {through: 2030-12-31}]}", ["2027-03-01.."],
                ["azure 2026-01-01..2027-03-01"]
            ),
            (
                "{earliest_of: [{event: agi-verified}, {through: 2030-12-31}]}", ["2030-03-01..2031-06-01"],
                ["azure 2026-01-01..2030-03-01"]
            ),
            ("{latest_of: [{event: agi-verified}, {through: 2030-12-31}]}", [], ["azure 2026-01-01..open"]),
            (
                "{latest_of: [{event: agi-verified}, {through: 2030-12-31}]}", ["2027-03-01.."],
                ["azure 2026-01-01..2031-01-01"]
            ),
            (
                "{latest_of: [{event: agi-verified}, {through: 2030-12-31}]}", ["2033-03-01.."],
                ["azure 2026-01-01..2033-03-01"]
            ),
            ("{latest_of: [{event: agi-verified}, {event: listed}]}", ["2027-03-01.."], ["azure 2026-01-01..open"]),
        ])
    func events(until: String, occurrences: [String], expected: [String]) throws {
        let events = try occurrences.map { text in
            let ends = text.split(separator: "..").map(String.init)
            return EventOccurrence(
                event: "agi-verified", actsFrom: try day(ends[0]), endsAt: ends.count > 1 ? try day(ends[1]) : nil)
        }
        #expect(try periods(founding(", until: \(until)"), events: events) == expected)
    }

    @Test("No clause has two words at once, whatever the instruments")
    func noOverlap() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        func roll(_ count: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % count
        }
        for _ in 0..<200 {
            var instruments = founding()
            var inForce = true
            for month in 2...9 where roll(2) == 0 {
                let operation =
                    !inForce
                    ? "add: {id: it, kind: decline, cloud: aws}"
                    : roll(2) == 0 ? "end: it" : "replace: {id: it, kind: decline, cloud: aws, until: {event: listed}}"
                inForce = operation != "end: it"
                instruments += amendment("m\(month)", "2026-0\(month)-01", operation)
            }
            let events = [
                EventOccurrence(
                    event: "listed", actsFrom: try day("2026-0\(1 + roll(8))-15"), endsAt: try day("2026-11-01"))
            ]
            let document = try SampleAgreement.document(instruments: instruments)
            let periods = Consolidation(document, events: events).periods
            for (left, right) in zip(periods, periods.dropFirst()) {
                #expect(left.from < left.to && left.to <= right.from, "seed \(seed)")
            }
        }
    }
}
