// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// The open questions of partnership agreements that are about time, each with the answer that decisions give.
@Suite("Questions of time")
struct QuestionsOfTimeTests {
    private static let host = "id: host, kind: exclusivity, aspect: hosting, cloud: azure"
    private let bound = ["azure-od primary"]
    private let free = ["aws-od not-covered", "azure-od not-covered"]
    private let day: Int64 = 86_400_000

    private func amended(_ operation: String, effective: String, more: String = "") throws -> AgreementDocument {
        let paper =
            "  - {id: second, kind: amendment, amends: first, effective: \(effective), operations: [\(operation)]}\n"
        return try Scenario.agreement(clauses: [Self.host], more: paper + more)
    }

    @Test(
        """
        Retroactive amendment (question 5): it rules from its effective day for whoever knows it, and \
        leaves what was decided before
        """)
    func retroactiveAmendment() throws {
        let start = try #require(Instant(rfc3339: "2026-05-20T12:00:00Z"))
        var facts = Scenario([try Scenario.agreement(clauses: [Self.host])]).facts
        let knownThen = facts
        facts.apply(.adopted(try amended("{end: host}", effective: "2026-05-01")), at: Scenario.noon)
        func clauses(_ facts: Facts, at: Instant) -> [String] {
            facts.terms(at: at, includingObserved: false).clauses.map(\.clause.id)
        }
        // The same question to the later facts, as known then, has the same answer.
        let asKnownThen = facts.asKnown(at: Scenario.noon.advanced(byNanoseconds: -1))
        #expect(clauses(asKnownThen, at: start) == ["host"])
        #expect(clauses(facts.asKnown(at: Scenario.noon), at: start) == [])
        // As of 20 May, as known then and as known after the adoption of June.
        #expect(clauses(knownThen, at: start) == ["host"])
        #expect(clauses(facts, at: start) == [])
        #expect(clauses(facts, at: try #require(Instant(rfc3339: "2026-04-30T23:59:59Z"))) == ["host"])
        // A decision of 20 May is made again from what was known then; hindsight would have let it go anywhere.
        let plan = { (facts: Facts) in
            Plan(
                workload: Scenario.chat, terms: facts.terms(at: start, includingObserved: false),
                configuration: facts.configuration, people: facts.standingEvidence)
        }
        let decided = plan(knownThen).decide(windows: knownThen.windows, at: start, now: start, own: OwnSignals())
        let hindsight = plan(facts).decide(windows: facts.windows, at: start, now: start, own: OwnSignals())
        #expect(decided.count == 1 && decided[0].flags == .primary)
        #expect(hindsight.count == 2)
    }

    @Test(
        """
        Two amendments at one instant (question 6): the higher precedence wins, and without one there is no \
        agreement to decide by
        """)
    func twoAmendments() throws {
        func agreement(_ first: String, _ second: String) -> String {
            """
            agreement: deal
            timezone: UTC
            parties: {openai: {name: OpenAI}, microsoft: {name: Microsoft}}
            clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
            instruments:
              - {id: first, kind: agreement, effective: 2026-01-01, clauses: [{\(Self.host)}]}
              - id: one
                kind: amendment
                amends: first
                effective: 2026-05-01\(first)
                operations: [{replace: {id: host, kind: exclusivity, aspect: hosting, cloud: azure}}]
              - id: two
                kind: amendment
                amends: first
                effective: 2026-05-01\(second)
                operations: [{replace: {id: host, kind: exclusivity, aspect: hosting, cloud: aws}}]

            """
        }
        func read(_ text: String) -> AgreementReading { AgreementReader.read(bytes: Array(text.utf8), file: "a.yaml") }
        let order = "\n    precedence: "
        for (first, second, cloud) in [("1", "2", "aws"), ("2", "1", "azure")] {
            let document = try #require(read(agreement(order + first, order + second)).document)
            #expect(Scenario([document]).outcome() == ["\(cloud)-od primary"])
        }
        #expect(read(agreement("", "")).document == nil)
        #expect(read(agreement(order + "1", order + "1")).document == nil)
    }

    @Test("A request in flight (question 7) keeps the terms of its admission, and its evidence ages all the same")
    func inFlight() throws {
        var scenario = Scenario([
            try Scenario.agreement(clauses: [
                "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}, "
                    + "until: 2026-06-02"
            ])
        ])
        scenario.now = try #require(Instant(rfc3339: "2026-06-01T23:59:50Z"))
        let at = scenario.now
        #expect(scenario.outcome(at: at) == bound)
        scenario.pass(milliseconds: 20_000)
        // The clause is over for new requests, and binds this one still.
        #expect(scenario.outcome() == free)
        #expect(scenario.outcome(at: at) == bound)
        scenario.refuse("azure-od", retryAfterMilliseconds: 1_000)
        let own = scenario.own(noCapacity: ["azure-od"], lastLaneAnswers: 1)
        #expect(scenario.outcome(at: at, own: own) == ["aws-od capacity"])
        scenario.pass(milliseconds: 61_000)
        #expect(scenario.outcome(at: at) == bound)
    }

    @Test(
        """
        An event that is reversed on challenge (question 21) is known on two time lines: what was placed \
        meanwhile stays right
        """)
    func reversedEvent() throws {
        var scenario = try Scenario(
            clauses: Self.host + ", until: {event: verified}",
            "id: means, kind: event-definition, event: verified, declared_by: openai, verified_by: panel, "
                + "effective_at: verification, reversal: on-challenge")
        func report(_ step: EventReport.Step, by party: String, effective: Instant) {
            scenario.record(
                .event(EventReport(agreement: "deal", event: "verified", step: step, effective: effective)),
                party: party)
        }
        let march = scenario.now
        report(.declared, by: "openai", effective: march)
        report(.verified, by: "panel", effective: march)
        scenario.pass(milliseconds: 30 * day)
        let knownMeanwhile = scenario
        let between = scenario.now
        scenario.pass(milliseconds: 30 * day)
        report(.challenged, by: "microsoft", effective: scenario.now)
        // The reversal says that the event never happened; that acts from now on alone.
        report(.reversed, by: "panel", effective: march)
        for instant in [march, between, scenario.now.advanced(byNanoseconds: -1)] {
            #expect(scenario.outcome(at: instant) == free, "\(instant)")
        }
        #expect(scenario.outcome() == bound)
        // As known between, the event stood for ever; whoever asks today can still ask so.
        #expect(knownMeanwhile.outcome(at: scenario.now) == free)
        let asKnownBetween = scenario.facts.asKnown(at: between)
        #expect(asKnownBetween.terms(at: scenario.now, includingObserved: false).clauses.map(\.clause.id) == ["means"])
        #expect(asKnownBetween.eventCourses(of: "deal").map(\.state).contains(.happened))
        #expect(scenario.terms(at: between).validUntil == scenario.now)
    }

    @Test(
        """
        What outlives a licence (question 22): nothing, unless a run-off is written, and then to its last \
        nanosecond
        """)
    func survival() throws {
        for (words, days) in [("", Int64(0)), (", run_off: 90d", 90)] {
            var scenario = try Scenario(
                clauses: "id: ip, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, "
                    + "exclusive: false, through: 2026-06-30\(words)")
            let end = try #require(Instant(rfc3339: "2026-07-01T00:00:00Z")).advanced(byMilliseconds: days * day)
            scenario.now = end.advanced(byNanoseconds: -1)
            #expect(scenario.outcome() == free)
            scenario.now = end
            #expect(scenario.outcome() == ["aws-od not-covered"])
            // What was admitted before goes on.
            #expect(scenario.outcome(at: end.advanced(byNanoseconds: -1)) == free)
        }
    }
}
