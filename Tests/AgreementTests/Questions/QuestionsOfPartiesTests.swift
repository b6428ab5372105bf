// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// The open questions about offers, contradictions and emergencies, each with the answer that decisions give.
@Suite("Questions between parties")
struct QuestionsOfPartiesTests {
    private let closed = ["azure-od not-covered"]
    private let open = ["aws-new not-covered", "azure-od not-covered"]

    private func instant(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: text))
    }

    private func rights(zone: String) throws -> Scenario {
        Scenario(
            [try Scenario.agreement(zone: zone, clauses: [OfferGateTests.right])],
            deployments: OfferGateTests.deployments)
    }

    @Test(
        """
        The clock of a right of first refusal (question 14) starts at the complete offer and counts \
        business days of the agreement's calendar and zone
        """)
    func clock() throws {
        // From Wednesday, 10 June: ten business days without 19 June, a holiday, end with the 25th.
        for (zone, end) in [("UTC", "2026-06-26T00:00:00Z"), ("America/Los_Angeles", "2026-06-26T07:00:00Z")] {
            var scenario = try rights(zone: zone)
            scenario.now = try instant("2026-06-08T18:00:00Z")
            let quantity = try #require(Quantity(text: "2 GW"))
            scenario.record(
                .offer(
                    Offer(
                        id: "site-7", agreement: "deal", clause: "rofr", quantity: quantity, offered: scenario.now,
                        isComplete: false)),
                party: "openai", document: [UInt8](repeating: 7, count: 32))
            scenario.now = try instant("2026-06-10T18:00:00Z")
            try scenario.offer(id: "site-7")
            scenario.now = try instant(end).advanced(byNanoseconds: -1)
            #expect(scenario.outcome() == closed)
            scenario.now = try instant(end)
            #expect(scenario.outcome() == open)
        }
    }

    @Test("Silence to an offer (question 14) lets it lapse, and better terms for the third party start the clock again")
    func improvedTerms() throws {
        var scenario = try rights(zone: "UTC")
        try scenario.offer(id: "site-7")
        scenario.now = try instant("2026-06-16T00:00:00Z")
        #expect(scenario.outcome() == open)
        try scenario.offer(id: "site-7")
        #expect(scenario.outcome() == closed)
        // Ten business days on, over the holidays of 19 June and 3 July.
        scenario.now = try instant("2026-07-01T23:59:59Z")
        #expect(scenario.outcome() == closed)
        scenario.now = try instant("2026-07-02T00:00:00Z")
        #expect(scenario.outcome() == open)
    }

    @Test(
        """
        Exclusive there and primary here (question 15) is a conflict that names both, unless the two are \
        about different aspects or workloads
        """)
    func conflict() throws {
        func outcome(_ exclusivity: String) throws -> [String] {
            Scenario([
                try Scenario.agreement(
                    "a", clauses: ["id: home, kind: primary-cloud, cloud: azure, meaning: try-first"]),
                try Scenario.agreement("b", clauses: ["id: only, kind: exclusivity, cloud: aws, \(exclusivity)"]),
            ]).outcome()
        }
        #expect(try outcome("aspect: hosting") == ["refused conflict a/home b/only"])
        for aspect in ["distribution", "licensing", "capacity"] {
            #expect(try outcome("aspect: \(aspect)") == ["azure-od primary"], "\(aspect)")
        }
        #expect(try outcome("aspect: hosting, applies_to: {product: [search]}") == ["azure-od primary"])
    }

    @Test(
        """
        An emergency (question 25) is an override: two persons, a reason, a day at most, and its placements \
        are departures
        """)
    func emergency() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first",
            "id: host, kind: exclusivity, aspect: hosting, cloud: azure",
            "id: first, kind: launch-first, cloud: azure")
        #expect(scenario.outcome() == ["azure-od primary"])
        let number = scenario.override(to: "aws", milliseconds: PlacementOverride.durationMaxMilliseconds)
        #expect(scenario.outcome() == ["aws-od departure", "azure-od primary"])
        #expect(scenario.decide()[0].evidence == number && scenario.decide()[0].shown == nil)
        scenario.pass(milliseconds: PlacementOverride.durationMaxMilliseconds)
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test(
        "An emergency (question 25) lifts no licence, no residency, no limit and no right of first refusal",
        arguments: [
            "id: it, kind: licence, licensor: openai, licensee: amazon, publisher: openai, exclusive: false, "
                + "through: 2026-03-31",
            "id: it, kind: residency, regions: [west]",
            "id: it, kind: limit, meter: use, of: Use., at_most: 1 FLOP, on_missing: forbid",
            "id: it, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New.}, "
                + "response_window: 10d",
        ])
    func emergencyLimits(clause: String) throws {
        var scenario = Scenario(
            [try Scenario.agreement(clauses: [clause])],
            deployments: [Scenario.deployment("aws-new", on: "aws", capacityOffer: "site-7")])
        _ = scenario.override(to: "aws")
        #expect(scenario.outcome() == ["refused forbidden deal/it"])
    }
}
