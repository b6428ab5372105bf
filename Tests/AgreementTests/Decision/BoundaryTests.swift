// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Terms in time")
struct BoundaryTests {
    private let host = "id: host, kind: exclusivity, aspect: hosting, cloud: azure"

    @Test(
        "A period is closed-open to the nanosecond, its days are days in the agreement's zone, summer time included",
        arguments: [
            // Los Angeles is at -08:00 in winter and at -07:00 in summer; 2026-03-08 has 23 hours.
            ("America/Los_Angeles", "2026-03-07", "2026-03-08T08:00:00Z"),
            ("America/Los_Angeles", "2026-03-08", "2026-03-09T07:00:00Z"),
            ("America/Los_Angeles", "2026-10-31", "2026-11-01T07:00:00Z"),
            ("America/Los_Angeles", "2026-11-01", "2026-11-02T08:00:00Z"),
            ("America/Los_Angeles", "2032-12-31", "2033-01-01T08:00:00Z"),
            ("Europe/Berlin", "2026-03-28", "2026-03-28T23:00:00Z"),
            ("Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"), ("UTC", "2032-12-31", "2033-01-01T00:00:00Z"),
        ])
    func closedOpen(zone: String, through: String, end: String) throws {
        var scenario = Scenario([try Scenario.agreement(zone: zone, clauses: [host + ", through: \(through)"])])
        let end = try #require(Instant(rfc3339: end))
        scenario.now = end.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == ["azure-od primary"])
        #expect(scenario.terms().validUntil == end)
        scenario.now = end
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
        #expect(scenario.terms().validFrom == end)
        #expect(scenario.terms().validUntil == .distantFuture)
    }

    @Test("A paper changes decisions from its effective day in the zone, not before and not by its signing")
    func effective() throws {
        let paper = """
              - id: second
                kind: amendment
                amends: first
                signed: 2026-02-01
                effective: 2026-04-27
                operations: [{end: host}]

            """
        var scenario = Scenario([
            try Scenario.agreement(zone: "America/Los_Angeles", clauses: [host], more: paper)
        ])
        let change = try #require(Instant(rfc3339: "2026-04-27T07:00:00Z"))
        scenario.now = change.advanced(byNanoseconds: -1)
        #expect(scenario.outcome() == ["azure-od primary"])
        scenario.now = change
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
    }

    @Test("The admission picks the terms; the instant of the call ages the evidence")
    func twoInstants() throws {
        var scenario = Scenario([
            try Scenario.agreement(clauses: [
                "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, "
                    + "spill_on: {any_of: [capacity]}, through: 2026-06-30"
            ])
        ])
        let end = try #require(Instant(rfc3339: "2026-07-01T00:00:00Z"))
        let admission = end.advanced(byMilliseconds: -1_000)
        scenario.now = admission
        scenario.refuse("azure-od", retryAfterMilliseconds: 30_000)
        scenario.now = end.advanced(byMilliseconds: 28_999).advanced(byNanoseconds: -1)
        #expect(scenario.outcome(at: admission) == ["aws-od capacity"])
        scenario.pass(milliseconds: 60_000)
        #expect(scenario.outcome(at: admission) == ["azure-od primary"])
        #expect(scenario.outcome() == ["aws-od not-covered", "azure-od not-covered"])
    }

    @Test("Between two boundaries the terms are the same")
    func between() throws {
        var scenario = Scenario([
            try Scenario.agreement(clauses: [host + ", from: 2026-03-01, through: 2026-08-31"]),
            try Scenario.agreement("more", clauses: ["id: measure, kind: decline, cloud: aws, from: 2026-05-01"]),
        ])
        let terms = scenario.terms()
        #expect(terms.validFrom.description == "2026-05-01T00:00:00Z")
        #expect(terms.validUntil.description == "2026-09-01T00:00:00Z")
        scenario.now = terms.validFrom
        #expect(scenario.terms() == terms)
        scenario.now = terms.validUntil.advanced(byNanoseconds: -1)
        #expect(scenario.terms() == terms)
        scenario.now = terms.validUntil
        #expect(scenario.terms() != terms)
    }
}
