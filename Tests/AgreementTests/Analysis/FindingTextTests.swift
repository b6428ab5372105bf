// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Findings in full")
struct FindingTextTests {
    private static let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first"
    private static let host = "id: host, kind: exclusivity, aspect: hosting, cloud: azure"

    /// Agreements with one finding each, by its code.
    static let samples: [(code: Finding.Code, clauses: [String], others: [String])] = [
        (.conflict, [host], ["id: there, kind: exclusivity, aspect: hosting, cloud: aws"]),
        (.differentPrimaries, [home, "id: other, kind: primary-cloud, cloud: aws, meaning: try-first"], []),
        (
            .unservable,
            [
                home,
                "id: grant, kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: true, "
                    + "through: 2026-12-31",
            ], []
        ),
        (.emptySelector, ["\(host), applies_to: {all_of: [{product: chat}, {product: search}]}"], []),
        (
            .alwaysCarvedOut,
            ["\(host), applies_to: {product: chat}, carve_outs: [{id: a, applies_to: {product: [chat, search]}}]"], []
        ),
        (
            .vacuousCarveOut,
            ["\(host), applies_to: {surface: api}, carve_outs: [{id: a, applies_to: {surface: non-api}}]"], []
        ),
        (.spillNowhere, ["\(home), spill_on: {any_of: [capacity, declined]}", host], []),
        (
            .duplicate,
            [host, "id: chat, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: chat}"], []
        ),
    ]

    @Test("say what was found, when, for which requests and how to mend it", arguments: samples)
    func told(code: Finding.Code, clauses: [String], others: [String]) throws {
        var documents = [try Scenario.agreement(clauses: clauses)]
        if !others.isEmpty { documents.append(try Scenario.agreement("other", clauses: others)) }
        try check(AgreementAnalysis(of: documents), code)
    }

    @Test("say of a clause that is never in force that it is ended before it begins")
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
        try check(AgreementAnalysis(of: [document]), .neverInForce)
    }

    @Test("say which model the primary cloud lacks")
    func primaryNotConfigured() throws {
        let deployments = [
            Scenario.deployment("a", on: "azure"), Scenario.deployment("b", on: "aws", model: "mini"),
        ]
        try check(
            AgreementAnalysis(
                of: [try Scenario.agreement(clauses: [Self.home])], deployments: DeploymentTable(deployments)),
            .primaryNotConfigured)
    }

    private func check(_ analysis: AgreementAnalysis, _ code: Finding.Code) throws {
        let found = try #require(
            analysis.findings.first { $0.code == code }, "\(analysis.findings.map(\.rendered))")
        let text = found.rendered + "\n"
        #expect(text.contains("[\(code.rawValue)]") || text.contains("\n[\(code.rawValue)]"))
        #expect(text.contains("help: "))
        #expect(try text == LanguageFiles.golden("analysis/finding-\(code.rawValue).txt", actual: text))
    }
}
