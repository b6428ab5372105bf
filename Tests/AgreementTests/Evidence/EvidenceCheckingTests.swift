// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Records that would do nothing")
struct EvidenceCheckingTests {
    private static let minute: Int64 = 60_000

    private static func scenario() throws -> Scenario {
        Scenario([
            try Scenario.agreement(clauses: [
                "id: rofr, kind: right-of-first-refusal, holder: microsoft, cloud: azure, "
                    + "trigger: {text: New capacity., at_least: 1 GW}, response_window: 10d, re_offer: none",
                "id: threshold, kind: limit, meter: training, of: Compute., at_most: 1e26 FLOP, on_missing: permit",
                "id: means, kind: event-definition, event: verified, declared_by: openai, verified_by: panel, "
                    + "effective_at: verification, reversal: irrevocable",
            ])
        ])
    }

    private static func offer(
        _ now: Instant, clause: String = "rofr", unit: String = "GW", id: String = "site-7"
    ) -> PeopleEvidence.Subject {
        .offer(
            Offer(
                id: id, agreement: "deal", clause: clause, quantity: Quantity(nanoUnits: 2_000_000_000, unit: unit),
                offered: now, isComplete: true))
    }

    private static func answer(
        _ kind: OfferAnswer.Kind, at: Instant, offer: String = "site-7", quantity: Quantity? = nil
    ) -> PeopleEvidence.Subject {
        .offerAnswer(OfferAnswer(offer: offer, agreement: "deal", kind: kind, quantity: quantity, at: at))
    }

    private static func event(
        _ step: EventReport.Step, at: Instant, event: String = "verified"
    ) -> PeopleEvidence.Subject {
        .event(EventReport(agreement: "deal", event: event, step: step, effective: at))
    }

    private static func reading(_ now: Instant, meter: String = "training", unit: String = "FLOP", minutes: Int64 = 1)
        -> PeopleEvidence.Subject
    {
        .meterReading(
            MeterReading(
                meter: meter, value: Quantity(nanoUnits: 1, unit: unit), at: now,
                until: now.advanced(byMilliseconds: minutes * minute)))
    }

    private func refusal(
        _ scenario: Scenario, _ subject: PeopleEvidence.Subject, by party: String = "openai",
        document: [UInt8]? = [7]
    ) throws -> String {
        try #require(throws: EvidenceError.self) {
            try scenario.facts.check(subject, by: party, document: document, now: scenario.now)
        }.message
    }

    @Test("An offer that can't be one is refused with what to do instead")
    func offers() throws {
        var scenario = try Self.scenario()
        let now = scenario.now
        #expect(
            try refusal(scenario, Self.offer(now, clause: "host"))
                == "The agreement deal has no right of first refusal 'host' that is or will be in force; it has rofr.")
        #expect(
            try refusal(scenario, Self.offer(now), document: nil)
                == "A complete offer needs the document of its terms; add it, or record the offer as incomplete.")
        #expect(
            try refusal(scenario, Self.offer(now, unit: "MW"))
                == "The clause rofr counts in GW, not in MW; give the quantity in GW.")
        try scenario.facts.check(Self.offer(now), by: "openai", document: [7], now: now)
        try scenario.offer(id: "site-7")
        #expect(
            try refusal(scenario, Self.offer(now))
                == "The offer site-7 is open and can't be made again; make another one under another identifier.")
    }

    @Test("An answer that would do nothing is refused with the reason")
    func answers() throws {
        var scenario = try Self.scenario()
        let now = scenario.now
        #expect(
            try refusal(scenario, Self.answer(.declined, at: now), by: "microsoft")
                == "No offer 'site-7' under the agreement deal is known; record it first.")
        try scenario.offer(id: "site-7")
        #expect(
            try refusal(scenario, Self.answer(.declined, at: now), by: "openai")
                == "The offer site-7 is declined by microsoft, not by openai.")
        #expect(
            try refusal(scenario, Self.answer(.withdrawn, at: now), by: "microsoft")
                == "microsoft has the right and can't withdraw the offer site-7; it accepts or declines.")
        let late = try #require(Instant(rfc3339: "2026-06-11T12:00:00Z"))
        #expect(
            try refusal(scenario, Self.answer(.accepted, at: late), by: "microsoft")
                == "The offer site-7 could be answered from 2026-06-01T12:00:00Z until before 2026-06-11T12:00:00Z, "
                + "not at 2026-06-11T12:00:00Z.")
        let part = try #require(Quantity(text: "0.5 GW"))
        #expect(
            try refusal(scenario, Self.answer(.accepted, at: now, quantity: part), by: "microsoft")
                == "The clause rofr takes all or nothing of the offer site-7; accept 2 GW, or decline it.")
        try scenario.facts.check(Self.answer(.declined, at: now), by: "microsoft", document: nil, now: now)
        scenario.answer("site-7", .declined)
        #expect(
            try refusal(scenario, Self.answer(.accepted, at: now), by: "microsoft")
                == "The offer site-7 is declined and can't be accepted; see its course.")
    }

    @Test("A report of an event that would do nothing is refused with the reason")
    func events() throws {
        var scenario = try Self.scenario()
        let now = scenario.now
        #expect(
            try refusal(scenario, Self.event(.declared, at: now, event: "unheard-of"))
                == "The agreement deal has no event 'unheard-of'; it has listed, verified.")
        #expect(
            try refusal(scenario, Self.event(.declared, at: now), by: "microsoft")
                == "The event verified is declared by openai, not by microsoft.")
        #expect(
            try refusal(scenario, Self.event(.verified, at: now, event: "listed"), by: "panel")
                == "The event listed needs no verification.")
        #expect(
            try refusal(scenario, Self.event(.challenged, at: now), by: "microsoft")
                == "The event verified is not declared; that it is challenged changes nothing.")
        try scenario.facts.check(Self.event(.declared, at: now), by: "openai", document: nil, now: now)
        scenario.record(Self.event(.declared, at: now), party: "openai")
        #expect(
            try refusal(scenario, Self.event(.declared, at: now))
                == "The event verified is declared; that it is declared changes nothing.")
        scenario.record(Self.event(.verified, at: now), party: "panel")
        #expect(
            try refusal(scenario, Self.event(.reversed, at: now), by: "microsoft")
                == "The event verified is reversed by openai or panel, not by microsoft.")
        #expect(
            try refusal(scenario, Self.event(.reversed, at: now), by: "panel")
                == "The event verified is in effect, and its definition does not let it be reversed now: either it "
                + "never does, or a challenge in time has to come first.")
        try scenario.facts.check(Self.event(.challenged, at: now), by: "microsoft", document: nil, now: now)
    }

    @Test("A reading that no clause reads is refused with the reason")
    func readings() throws {
        let scenario = try Self.scenario()
        let now = scenario.now
        #expect(
            try refusal(scenario, Self.reading(now, meter: "tokens"))
                == "No clause that is or will be in force reads a meter 'tokens'; they read training.")
        #expect(
            try refusal(scenario, Self.reading(now, unit: "GW"))
                == "The meter training counts in FLOP, not in GW.")
        #expect(
            try refusal(scenario, Self.reading(now, minutes: 0))
                == "The reading ends at 2026-06-01T12:00:00Z, not after it was taken at 2026-06-01T12:00:00Z.")
        try scenario.facts.check(Self.reading(now), by: "microsoft", document: nil, now: now)
    }

    @Test("An attestation of a record that needs none is refused")
    func attestations() throws {
        var scenario = try Self.scenario()
        let number = scenario.record(Self.reading(scenario.now))
        #expect(
            try refusal(scenario, .attestation(of: number))
                == "No record with the number \(number) waits for an attestation.")
    }

    @Test("A notice changes no decision")
    func notice() throws {
        var scenario = try Self.scenario()
        let before = scenario.decide()
        scenario.record(
            .notice(
                Notice(agreement: "deal", clause: "rofr", to: "openai", served: scenario.now, about: "We object.")))
        #expect(scenario.decide() == before)
        #expect(scenario.facts.standingEvidence.map(\.kindName) == ["notice"])
    }

    @Test("The numbers and words of the kinds of evidence stand in ledgers, and are what they were")
    func kinds() {
        #expect(
            PeopleEvidence.Kind.allCases.map { "\($0.rawValue) \($0.name)" } == [
                "1 decline", "2 launch", "3 event", "4 override", "5 revocation", "6 support", "7 offer",
                "8 offer-answer", "9 meter-reading", "10 notice", "11 migration", "12 attestation",
            ])
        #expect(
            EventReport.Step.allCases.map { "\($0.rawValue) \($0.name)" } == [
                "0 declared", "1 verified", "2 reversed", "3 challenged",
            ])
    }
}
