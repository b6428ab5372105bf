// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Analyses with deployments, drafts and other grounds")
struct AnalysisOptionTests {
    private static let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first"

    private func codes(_ analysis: AgreementAnalysis) -> [String] {
        analysis.findings.map { "\($0.code.rawValue) \($0.clauses.joined(separator: " ")): \($0.requests)" }
    }

    @Test("With configured deployments, a primary cloud without one for a model is found")
    func primaryNotConfigured() throws {
        let document = try Scenario.agreement(clauses: [Self.home])
        let deployments = [
            Scenario.deployment("a", on: "azure"), Scenario.deployment("b", on: "aws"),
            Scenario.deployment("c", on: "aws", model: "mini"),
        ]
        let analysis = AgreementAnalysis(of: [document], deployments: DeploymentTable(deployments))
        #expect(codes(analysis) == ["primary-not-configured deal/home: [\"model mini\"]"])
        #expect(analysis.findings.first?.witness?[.publisher] == "openai")
    }

    @Test("With configured deployments, a feature that the primary cloud lacks is found")
    func missingFeature() throws {
        let document = try Scenario.agreement(clauses: [Self.home])
        let deployments = [
            Scenario.deployment("a", on: "azure", features: FeatureSet(rawValue: 0x7F7)),
            Scenario.deployment("b", on: "aws"),
        ]
        let analysis = AgreementAnalysis(of: [document], deployments: DeploymentTable(deployments))
        #expect(codes(analysis) == ["primary-not-configured deal/home: [\"model gpt, with vision\"]"])
    }

    @Test("With configured deployments, clauses that would conflict elsewhere may be fine here")
    func noConflictHere() throws {
        let document = try Scenario.agreement(clauses: [
            "\(Self.home), applies_to: {model: gpt}",
            "id: other, kind: primary-cloud, cloud: aws, meaning: try-first, applies_to: {publisher: meta}",
        ])
        #expect(AgreementAnalysis(of: [document]).findings.map(\.code) == [.differentPrimaries])
        let table = DeploymentTable([Scenario.deployment("a", on: "azure"), Scenario.deployment("b", on: "aws")])
        #expect(AgreementAnalysis(of: [document], deployments: table).findings.map(\.code) == [.duplicate])
    }

    @Test("Drafts count only where that is asked")
    func drafts() throws {
        let document = try Scenario.agreement(
            clauses: [Self.home],
            more: """
                  - id: planned
                    kind: amendment
                    amends: first
                    effective: 2027-01-01
                    draft: true
                    operations: [{add: {id: other, kind: primary-cloud, cloud: aws, meaning: try-first}}]

                """)
        #expect(AgreementAnalysis(of: [document]).findings == [])
        let found = AgreementAnalysis(of: [document], drafts: .all).findings
        #expect(found.map(\.code) == [.differentPrimaries])
        #expect(found.first?.periods.map(\.from.description) == ["2027-01-01T00:00:00Z"])
    }

    @Test("An outage is a ground like others where a clause names it")
    func outage() throws {
        let document = try Scenario.agreement(clauses: ["\(Self.home), spill_on: outage"])
        #expect(AgreementAnalysis(of: [document]).findings == [])
        let blocked = try Scenario.agreement(clauses: [
            "\(Self.home), spill_on: outage", "id: second, kind: primary-cloud, cloud: azure, meaning: try-first",
        ])
        #expect(codes(AgreementAnalysis(of: [blocked])) == ["spill-nowhere deal/home: []", "duplicate deal/home: []"])
    }

    @Test(
        "Requests are told in the words of the agreement",
        arguments: [
            ("product: {not_in: [a, b]}", "every product but a or b"),
            ("product: [lab-*], not: {product: lab-1}", "product lab-* (not lab-1)"),
            ("product: {not_in: [lab-*]}", "every product but lab-*"),
            ("surface: api", "surface api"), ("surface: {not_in: [non-api]}", "every surface but non-api"),
            ("surface: {not_in: [api]}", "every surface but api"),
            ("features: [vision, tools]", "with tools or vision"),
            ("not: {features: [vision]}", "every request without vision"), ("region: other", "every request"),
            ("product: other", "every product but chat"),
        ])
    func words(selector: String, words: String) throws {
        let document = try Scenario.agreement(clauses: [
            "id: one, kind: primary-cloud, cloud: azure, meaning: try-first, applies_to: {\(selector)}",
            "id: two, kind: primary-cloud, cloud: aws, meaning: try-first",
            "id: chat, kind: decline, cloud: gcp, applies_to: {product: chat}",
        ])
        let found = AgreementAnalysis(of: [document]).findings.first { $0.code == .differentPrimaries }
        let expected = words == "with tools or vision" ? "every request with tools or vision" : words
        #expect(found?.requests == [expected])
    }
}
