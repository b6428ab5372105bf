// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Events that end a period")
struct EventTests {
    private let free = ["aws-od not-covered", "azure-od not-covered"]
    private let bound = ["azure-od primary"]
    private let hour: Int64 = 3_600_000

    private func scenario(until: String) throws -> Scenario {
        try Scenario(clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, until: \(until)")
    }

    private func report(
        _ scenario: inout Scenario, _ step: EventReport.Step, of event: String, by party: String,
        effective: Instant? = nil
    ) {
        scenario.record(
            .event(EventReport(agreement: "deal", event: event, step: step, effective: effective ?? scenario.now)),
            party: party)
    }

    @Test("An event that has not happened bounds nothing")
    func notHappened() throws {
        #expect(try scenario(until: "{event: listed}").outcome() == bound)
        #expect(try scenario(until: "{earliest_of: [2026-03-01, {event: listed}]}").outcome() == free)
        #expect(try scenario(until: "{latest_of: [2026-03-01, {event: listed}]}").outcome() == bound)
    }

    @Test("The declaration of the right party ends the period, another party's does nothing")
    func declared() throws {
        var scenario = try scenario(until: "{event: listed}")
        report(&scenario, .declared, of: "listed", by: "microsoft")
        report(&scenario, .verified, of: "listed", by: "openai")
        #expect(scenario.outcome() == bound)
        report(&scenario, .declared, of: "listed", by: "openai")
        #expect(scenario.outcome() == free)
    }

    @Test("Where a verification is required, the event acts from the later of the two, in whichever order they come")
    func verified() throws {
        for order in [[EventReport.Step.declared, .verified], [.verified, .declared]] {
            var scenario = try scenario(until: "{event: verified}")
            for step in order {
                #expect(scenario.outcome() == bound)
                scenario.pass(milliseconds: hour)
                report(&scenario, step, of: "verified", by: step == .declared ? "openai" : "panel")
            }
            #expect(scenario.outcome() == free)
            scenario.now = scenario.now.advanced(byNanoseconds: -1)
            #expect(scenario.outcome() == bound)
        }
    }

    @Test("The declaring party can't verify its own declaration")
    func selfVerified() throws {
        var scenario = try scenario(until: "{event: verified}")
        report(&scenario, .declared, of: "verified", by: "openai")
        report(&scenario, .verified, of: "verified", by: "openai")
        #expect(scenario.outcome() == bound)
    }

    @Test("An event recorded late acts from its recording, one recorded early from its effective instant")
    func lateRecording() throws {
        var late = try scenario(until: "{event: listed}")
        let recorded = late.now
        report(&late, .declared, of: "listed", by: "openai", effective: recorded.advanced(byMilliseconds: -hour))
        #expect(late.outcome(at: recorded.advanced(byNanoseconds: -1)) == bound)
        #expect(late.outcome() == free)

        var early = try scenario(until: "{event: listed}")
        let effective = early.now.advanced(byMilliseconds: hour)
        report(&early, .declared, of: "listed", by: "openai", effective: effective)
        #expect(early.outcome() == bound)
        #expect(early.terms().validUntil == effective)
        early.now = effective
        #expect(early.outcome() == free)
    }

    @Test("A reversal reopens the period from its own recording")
    func reversed() throws {
        var scenario = try scenario(until: "{event: listed}")
        report(&scenario, .declared, of: "listed", by: "openai")
        let declared = scenario.now
        scenario.pass(milliseconds: hour)
        report(&scenario, .reversed, of: "listed", by: "openai", effective: declared)
        #expect(scenario.outcome() == bound)
        #expect(scenario.outcome(at: scenario.now.advanced(byNanoseconds: -1)) == free)
        #expect(scenario.outcome(at: declared.advanced(byNanoseconds: -1)) == bound)
    }

    @Test("A reversal by a party that neither declares nor verifies the event does nothing")
    func reversedByAnother() throws {
        var scenario = try scenario(until: "{event: verified}")
        report(&scenario, .declared, of: "verified", by: "openai")
        report(&scenario, .verified, of: "verified", by: "panel")
        report(&scenario, .reversed, of: "verified", by: "microsoft")
        #expect(scenario.outcome() == free)
        report(&scenario, .reversed, of: "verified", by: "panel")
        #expect(scenario.outcome() == bound)
    }

    @Test("A second declaration after a reversal ends the period again, and leaves the time between alone")
    func declaredAgain() throws {
        var scenario = try scenario(until: "{event: listed}")
        report(&scenario, .declared, of: "listed", by: "openai")
        scenario.pass(milliseconds: hour)
        report(&scenario, .reversed, of: "listed", by: "openai")
        let between = scenario.now.advanced(byMilliseconds: 1)
        scenario.pass(milliseconds: hour)
        report(&scenario, .declared, of: "listed", by: "openai")
        #expect(scenario.outcome() == free)
        #expect(scenario.outcome(at: between) == bound)
    }

    @Test("A reversed event that needs verification needs it anew")
    func verifiedAgain() throws {
        var scenario = try scenario(until: "{event: verified}")
        for (step, party) in [(EventReport.Step.declared, "openai"), (.verified, "panel"), (.reversed, "openai")] {
            report(&scenario, step, of: "verified", by: party)
            scenario.pass(milliseconds: hour)
        }
        report(&scenario, .declared, of: "verified", by: "openai")
        #expect(scenario.outcome() == bound)
        scenario.pass(milliseconds: hour)
        report(&scenario, .verified, of: "verified", by: "panel")
        #expect(scenario.outcome() == free)
    }

    @Test("A report of another agreement's event of the same name does nothing, and a revoked one no longer does")
    func otherAgreement() throws {
        var scenario = try scenario(until: "{event: listed}")
        scenario.record(
            .event(EventReport(agreement: "other", event: "listed", step: .declared, effective: scenario.now)),
            party: "openai")
        #expect(scenario.outcome() == bound)
        let number = scenario.record(
            .event(EventReport(agreement: "deal", event: "listed", step: .declared, effective: scenario.now)),
            party: "openai")
        #expect(scenario.outcome() == free)
        scenario.record(.revocation(of: number), party: "openai")
        #expect(scenario.outcome() == bound)
    }

    // MARK: Challenges, and how a definition lets an event count

    private static let definition =
        "id: verified-means, kind: event-definition, event: verified, declared_by: openai, verified_by: panel"

    private func defined(_ words: String) throws -> Scenario {
        try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, until: {event: verified}",
            "\(Self.definition), \(words)")
    }

    private func state(_ scenario: Scenario) -> EventCourse.State? {
        scenario.facts.eventCourses(of: "deal").first { $0.event.id == "verified" }?.state
    }

    @Test("A challenge alone changes nothing, until the reversal that follows it; another verification settles it")
    func challenged() throws {
        var scenario = try defined("effective_at: verification, reversal: on-challenge")
        #expect(state(scenario) == .unheard)
        report(&scenario, .declared, of: "verified", by: "openai")
        #expect(state(scenario) == .declared)
        report(&scenario, .verified, of: "verified", by: "panel")
        #expect(state(scenario) == .happened)
        // A reversal without a challenge does nothing here.
        report(&scenario, .reversed, of: "verified", by: "panel")
        #expect(scenario.outcome() == free)
        report(&scenario, .challenged, of: "verified", by: "microsoft")
        #expect(state(scenario) == .challenged)
        #expect(scenario.outcome() == free)
        report(&scenario, .verified, of: "verified", by: "panel")
        #expect(state(scenario) == .happened)
        report(&scenario, .challenged, of: "verified", by: "microsoft")
        report(&scenario, .reversed, of: "verified", by: "panel")
        #expect(state(scenario) == .reversed)
        #expect(scenario.outcome() == bound)
    }

    @Test(
        "A challenge behind its time, or of what is irrevocable, lets nothing be reversed",
        arguments: [
            ("{on_challenge_within: 10d}", Int64(10), true), ("{on_challenge_within: 10d}", 11, false),
            ("irrevocable", 0, false), ("on-challenge", 4_000, true),
        ])
    func challengeInTime(words: String, days: Int64, isReversed: Bool) throws {
        var scenario = try defined("effective_at: verification, reversal: \(words)")
        report(&scenario, .declared, of: "verified", by: "openai")
        report(&scenario, .verified, of: "verified", by: "panel")
        scenario.pass(milliseconds: days * 24 * hour)
        report(&scenario, .challenged, of: "verified", by: "microsoft")
        report(&scenario, .reversed, of: "verified", by: "panel")
        #expect(scenario.outcome() == (isReversed ? bound : free))
    }

    @Test("Before its verification a declaration can always be taken back")
    func declarationTakenBack() throws {
        var scenario = try defined("effective_at: verification, reversal: irrevocable")
        report(&scenario, .declared, of: "verified", by: "openai")
        report(&scenario, .reversed, of: "verified", by: "openai")
        report(&scenario, .verified, of: "verified", by: "panel")
        #expect(scenario.outcome() == bound)
    }

    @Test("An event counts from its verification, or, where the definition says so, from word of it")
    func effect() throws {
        for (words, free) in [("declaration", true), ("verification", false)] {
            var scenario = try defined("effective_at: \(words), reversal: irrevocable")
            report(&scenario, .declared, of: "verified", by: "openai")
            // The panel verifies today what shall count from tomorrow.
            let tomorrow = scenario.now.advanced(byMilliseconds: 24 * hour)
            report(&scenario, .verified, of: "verified", by: "panel", effective: tomorrow)
            #expect(scenario.outcome() == (free ? self.free : bound))
            scenario.now = tomorrow
            #expect(scenario.outcome() == self.free)
        }
    }
}
