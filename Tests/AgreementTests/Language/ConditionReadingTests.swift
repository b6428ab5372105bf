// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Selectors, grounds and ends")
struct ConditionReadingTests {
    private func condition(_ selector: String) throws -> Condition {
        try SampleAgreement.clause("kind: decline, cloud: azure, applies_to: \(selector)").appliesTo
    }

    private static let chat = Condition.value(.product, [.exactly("chat")])

    @Test(
        "A selector is read as it says",
        arguments: [
            ("{product: chat}", chat), ("{product: [chat]}", chat), ("{product: {in: [chat]}}", chat),
            ("{product: {not_in: [chat]}}", .not(chat)),
            ("{model: gpt-5*}", .value(.model, [.prefix("gpt-5")])), ("{model: other}", .value(.model, [.other])),
            ("{model: any}", .always), ("{surface: any}", .always), ("{product: [chat, any]}", .always),
            ("{surface: api}", .surface([.statelessAPI, .statefulAPI])),
            ("{surface: [non-api, stateless-api]}", .surface([.statelessAPI, .nonAPI])),
            ("{surface: {not_in: [api]}}", .not(.surface([.statelessAPI, .statefulAPI]))),
            ("{features: vision}", .feature(FeatureSet(rawValue: 1 << 3))),
            ("{features: {not_in: [tools, vision]}}", .not(.feature(FeatureSet(rawValue: 1 | 1 << 3)))),
            ("{region: eu, product: chat}", .allOf([chat, .value(.region, [.exactly("eu")])])),
            ("{any_of: [{product: chat}, {channel: direct}]}", .anyOf([chat, .value(.channel, [.exactly("direct")])])),
            ("{not: {product: chat}}", .not(chat)), ("{all_of: [{product: chat}]}", .allOf([chat])),
        ] as [(String, Condition)])
    func selectors(text: String, expected: Condition) throws {
        #expect(try condition(text) == expected)
    }

    @Test("A clause without a selector is about every workload")
    func noSelector() throws {
        #expect(try SampleAgreement.clause("kind: decline, cloud: azure").appliesTo == .always)
    }

    @Test("The order of keys in a selector means nothing")
    func keyOrder() throws {
        #expect(try condition("{region: eu, product: chat}") == condition("{product: chat, region: eu}"))
    }

    @Test(
        "Grounds combine with \"and\" and \"or\", and a bare list is refused",
        arguments: [
            ("capacity", .ground(.capacity)),
            ("{all_of: [capacity, declined]}", .allOf([.ground(.capacity), .ground(.declined)])),
            (
                "{any_of: [outage, {all_of: [capacity, declined]}]}",
                .anyOf([.ground(.outage), .allOf([.ground(.capacity), .ground(.declined)])])
            ),
        ] as [(String, GroundCondition)])
    func grounds(text: String, expected: GroundCondition) throws {
        let clause = try SampleAgreement.clause(
            "kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: \(text)")
        #expect(clause.kind == .primaryCloud(.init(cloud: "azure", meaning: .tryFirst, spillOn: expected)))
        #expect(
            SampleAgreement.faults("kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: [capacity]")
                == ["ambiguous-list"])
    }

    @Test("Through a day means up to the beginning of the next one in the zone")
    func through() throws {
        let clause = try SampleAgreement.clause("kind: decline, cloud: azure, through: 2032-12-31")
        let end = try #require(Instant(rfc3339: "2033-01-01T08:00:00Z"))
        #expect(clause.until == .instant(end, written: "through 2032-12-31"))
    }

    @Test("From and until a day mean its beginning in the zone; an instant means itself")
    func days() throws {
        let clause = try SampleAgreement.clause(
            "kind: decline, cloud: azure, from: 2026-07-01, until: \"2026-08-01T12:00:00+02:00\"")
        #expect(clause.from?.description == "2026-07-01T07:00:00Z")
        let end = try #require(Instant(rfc3339: "2026-08-01T10:00:00Z"))
        #expect(clause.until == .instant(end, written: "until 2026-08-01T12:00:00+02:00"))
    }

    @Test("Events and dates combine to the first or the last of them")
    func combinedEnds() throws {
        let clause = try SampleAgreement.clause(
            "kind: decline, cloud: azure, until: {earliest_of: [{event: agi-verified}, {through: 2030-12-31}]}")
        let end = try #require(Instant(rfc3339: "2031-01-01T08:00:00Z"))
        #expect(clause.until == .earliestOf([.event("agi-verified"), .instant(end, written: "through 2030-12-31")]))
    }
}
