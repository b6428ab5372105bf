// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("What an analysis finds")
struct AnalysisFindingTests {
    private static let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first"

    private func findings(_ clauses: String...) throws -> [Finding] {
        let document = try Scenario.agreement(clauses: clauses)
        let analysis = AgreementAnalysis(of: [document])
        for finding in analysis.findings { try redecide(finding, [document]) }
        return analysis.findings
    }

    /// Every witness is decided as the finding claims, by the plain functions.
    private func redecide(_ finding: Finding, _ documents: [AgreementDocument]) throws {
        guard let claimed = finding.claimedRefusal else { return }
        let again = try #require(AnalysisCase(finding, documents)).refusal(try #require(finding.witness))
        #expect(again?.refusal == claimed)
        #expect(again?.clauses == finding.clauses)
    }

    private func codes(_ findings: [Finding]) -> [String] {
        findings.map { "\($0.severity.rawValue) \($0.code.rawValue) \($0.clauses.joined(separator: " "))" }
    }

    @Test("A sound agreement has no findings")
    func sound() throws {
        #expect(try findings("\(Self.home), spill_on: capacity") == [])
    }

    @Test("Two primary clouds for one request are found, with a request and the whole text")
    func differentPrimaries() throws {
        let found = try findings(
            "\(Self.home), applies_to: {product: chat}",
            "id: other, kind: primary-cloud, cloud: aws, meaning: try-first, applies_to: {surface: api}, from: 2026-03-01"
        )
        #expect(codes(found) == ["error different-primaries deal/home deal/other"])
        #expect(
            found.first?.rendered == """
                error: `deal/home` and `deal/other` name different primary clouds for one request
                [different-primaries]
                  when: from 2026-03-01T00:00:00Z to open
                  requests: product chat, surface api
                  witness: product chat, surface stateless-api
                  help: Narrow `applies_to` of one of them, or end it, so that each request has one primary cloud.
                """)
    }

    @Test("Exclusivities of two agreements that leave a request nowhere are a conflict")
    func conflict() throws {
        let documents = [
            try Scenario.agreement(
                "one", clauses: ["id: host, kind: exclusivity, aspect: hosting, cloud: azure"]),
            try Scenario.agreement(
                "two",
                clauses: [
                    "id: host, kind: exclusivity, aspect: hosting, cloud: aws, applies_to: {product: [chat, lab-*]}, "
                        + "until: 2027-01-01"
                ]),
        ]
        let found = AgreementAnalysis(of: documents).findings
        #expect(codes(found) == ["error conflict one/host two/host"])
        let first = try #require(found.first)
        #expect(first.requests == ["product chat or lab-*"])
        #expect(first.periods.map(\.to.description) == ["2027-01-01T00:00:00Z"])
        try redecide(first, documents)
        #expect(AgreementAnalysis(of: documents.reversed()).findings == found)
    }

    @Test("Requests that nobody may serve are found, also where only time brings it about")
    func unservable() throws {
        let found = try findings(
            Self.home,
            "id: grant, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: true, "
                + "through: 2032-12-31")
        #expect(codes(found) == ["warning unservable deal/grant"])
        #expect(found.first?.requests == ["publisher openai"])
        #expect(found.first?.periods.map(\.from.description) == ["2033-01-01T00:00:00Z"])
    }

    @Test("A clause that forbids requests everywhere is a note: it may mean that")
    func distribution() throws {
        let found = try findings("id: only, kind: exclusivity, aspect: distribution, cloud: aws")
        #expect(codes(found) == ["note unservable deal/only"])
        #expect(found.first?.requests == ["channel azure or gcp"])
    }

    @Test("What one clause forbids by itself is no contradiction with a clause that holds for a part of the time")
    func oneCause() throws {
        let found = try findings(
            "id: sold-by-aws, kind: exclusivity, aspect: distribution, cloud: aws, applies_to: {product: frontier}",
            "id: first-on-azure, kind: launch-first, cloud: azure, until: 2030-01-01")
        #expect(codes(found) == ["note unservable deal/sold-by-aws"])
        #expect(found.first?.requests == ["product frontier, channel azure or gcp"])
        #expect(found.first?.periods.map(\.to) == [.distantFuture])
    }

    @Test("A channel is tried whichever agreement, or deployment, knows of its cloud")
    func channelsOfOthers() throws {
        let documents = [
            try Scenario.agreement(
                "one", clouds: "azure: {operator: microsoft}, aws: {operator: amazon}",
                clauses: [
                    "id: sold-by-aws, kind: exclusivity, aspect: distribution, cloud: aws"
                ]),
            try Scenario.agreement(
                "two", clouds: "gcp: {operator: google}",
                clauses: ["id: label, kind: primary-cloud, cloud: gcp, meaning: label-only"]),
        ]
        let found = AgreementAnalysis(of: documents).findings
        #expect(found.map(\.requests) == [["channel azure or gcp"]])
        let table = DeploymentTable([Scenario.deployment("a", on: "aws"), Scenario.deployment("o", on: "oracle")])
        let configured = AgreementAnalysis(of: [documents[0]], deployments: table).findings
        #expect(configured.map(\.requests) == [["channel azure or oracle, model gpt"]])
    }

    @Test(
        "A clause that can never apply is found, and why",
        arguments: [
            (
                "applies_to: {product: chat, not: {product: [chat, mail]}}", "empty-selector",
                "`deal/host` of `first` can never apply: no request matches it"
            ),
            (
                "applies_to: {product: chat}, carve_outs: [{id: a, applies_to: {surface: api}}, "
                    + "{id: b, applies_to: {surface: {not_in: [api]}}}]", "always-carved-out",
                "`deal/host` of `first` can never apply: every request that it is about is carved out, by `a` and `b`"
            ),
        ])
    func deadClauses(fields: String, code: String, message: String) throws {
        let found = try findings("id: host, kind: exclusivity, aspect: hosting, cloud: azure, \(fields)")
        #expect(codes(found) == ["warning \(code) deal/host"])
        #expect(found.first?.message == message)
    }

    @Test("A clause that is ended before it begins is never in force")
    func neverInForce() throws {
        let document = try Scenario.agreement(
            clauses: ["\(Self.home), from: 2027-01-01"],
            more: """
                  - id: second
                    kind: amendment
                    amends: first
                    effective: 2026-06-01
                    operations: [{end: home}]

                """)
        let found = AgreementAnalysis(of: [document]).findings
        #expect(codes(found) == ["warning never-in-force deal/home"])
    }

    @Test("Carve-outs that lift nothing are found: off the clause's subject, or behind another")
    func vacuousCarveOuts() throws {
        let found = try findings(
            "id: host, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {surface: api}, carve_outs: ["
                + "{id: good, applies_to: {product: [a, b]}}, {id: behind, applies_to: {product: a}}, "
                + "{id: elsewhere, applies_to: {surface: non-api}}]")
        #expect(codes(found) == ["warning vacuous-carve-out deal/host", "warning vacuous-carve-out deal/host"])
        #expect(found.map { $0.message.contains("`behind`") } == [true, false])
        #expect(found.map { $0.message.contains("`elsewhere`") } == [false, true])
    }

    @Test("Grounds that let nothing go anywhere are found")
    func spillNowhere() throws {
        let found = try findings(
            "\(Self.home), spill_on: {any_of: [capacity, declined]}",
            "id: host, kind: exclusivity, aspect: hosting, cloud: azure")
        #expect(
            codes(found) == ["warning spill-nowhere deal/home", "note duplicate deal/home"])
        let sound = try findings(
            "\(Self.home), spill_on: {any_of: [capacity, declined]}",
            "id: host, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: chat}")
        #expect(sound == [])
    }

    @Test("Clauses without which no decision would be another are noted")
    func duplicates() throws {
        let found = try findings(
            "id: all, kind: exclusivity, aspect: hosting, cloud: azure",
            "id: chat, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: chat}")
        #expect(codes(found) == ["note duplicate deal/chat"])
    }

    @Test("What happens only once an event has happened is found, and the event is named")
    func events() throws {
        let found = try findings(
            Self.home,
            "id: grant, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: true, "
                + "until: {event: verified}")
        #expect(codes(found) == ["warning unservable deal/grant"])
        #expect(found.map(\.happened) == [["deal/verified"]])
        #expect(found.first?.rendered.contains("once: deal/verified happened") == true)
    }

    @Test("A finding as JSON has every part")
    func json() throws {
        let found = try findings("id: only, kind: exclusivity, aspect: distribution, cloud: aws")
        #expect(
            found.first?.json == """
                {"severity":"note","code":"unservable","clauses":["deal/only"],"periods":[{"from":\
                "2026-01-01T00:00:00Z","to":null}],"happened":[],"requests":["channel azure or gcp"],"evidence":\
                "always","witness":{"channel":"azure","surface":"stateless-api","features":[]},"message":"`deal/only` \
                forbids some requests on every cloud","mend":"Nothing need be done if the clause means that; otherwise \
                narrow its `applies_to`."}
                """)
    }
}
