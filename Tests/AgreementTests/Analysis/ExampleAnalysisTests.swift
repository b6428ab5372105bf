// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Analysis of the examples")
struct ExampleAnalysisTests {
    private func document(_ name: String) throws -> AgreementDocument {
        let reading = try AgreementReader.read(bytes: LanguageFiles.example(name), file: name)
        return try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
    }

    @Test(
        "No example contradicts itself, and one alone has a doubt, which its header explains",
        arguments: LanguageFiles.examples)
    func sound(name: String) throws {
        let analysis = AgreementAnalysis(of: [try document(name)])
        #expect(analysis.isComplete)
        #expect(analysis.findings.filter { $0.severity == .error } == [])
        let doubts = analysis.findings.filter { $0.severity == .warning }
        let expected = name == "microsoft-openai-as-reported.yaml" ? ["unservable"] : []
        #expect(doubts.map(\.code.rawValue) == expected, "\(doubts.map(\.rendered))")
    }

    @Test("OpenAI's two partnerships do not contradict each other; what nobody may serve is Frontier resold elsewhere")
    func together() throws {
        let analysis = AgreementAnalysis(
            of: [try document("microsoft-openai.yaml"), try document("amazon-openai.yaml")])
        #expect(analysis.isComplete)
        let told = analysis.findings.map { "\($0.severity) \($0.code) \($0.clauses) \($0.requests)" }
        #expect(
            told == [
                "note unservable [\"amazon-openai/frontier-distribution\"] "
                    + "[\"product frontier, channel azure, gcp or oracle\"]"
            ])
    }

    /// An example in which the clauses of these names have lost something.
    private func document(
        _ name: String, without clauses: Set<String>, _ change: (inout Clause) -> Void
    ) throws -> AgreementDocument {
        var document = try document(name)
        for (index, instrument) in document.instruments.enumerated() {
            document.instruments[index].operations = instrument.operations.map { operation in
                guard case .add(var clause) = operation, clauses.contains(clause.id) else { return operation }
                change(&clause)
                return .add(clause)
            }
        }
        return document
    }

    @Test("Without the ends that the public record does not have, requests stay bound to a cloud without a licence")
    func openEnds() throws {
        let open = try document("microsoft-openai.yaml", without: ["primary", "first-on-azure"]) { $0.until = nil }
        let found = AgreementAnalysis(of: [open]).findings
        #expect(found.map(\.code) == [.unservable])
        #expect(found.first?.clauses == ["microsoft-openai/licence"])
        #expect(found.first?.periods.map(\.from.description) == ["2033-01-01T08:00:00Z"])
    }

    @Test("Without its carve-outs the amendment of April 2026 promises a workload to two clouds")
    func withoutCarveOuts() throws {
        let bound = try document("microsoft-openai.yaml", without: ["primary", "first-on-azure"]) { $0.carveOuts = [] }
        let found = AgreementAnalysis(of: [bound, try document("amazon-openai.yaml")]).findings
        let conflict = try #require(found.first { $0.code == .conflict })
        #expect(conflict.clauses == ["amazon-openai/stateful-runtime", "microsoft-openai/primary"])
        #expect(conflict.periods.map(\.from.description) == ["2026-04-27T07:00:00Z"])
    }

    /// An example with an amendment that names these clouds as primary for a product.
    private func planting(_ clouds: [String], for product: String, in name: String) throws -> AgreementDocument {
        var document = try document(name)
        document.clouds.append(CloudDeclaration(id: "planted", operatedBy: "nobody"))
        let last = try #require(document.instruments.map(\.effective).max())
        let clauses = clouds.map { cloud in
            Clause(
                id: "\(cloud)-primary",
                kind: .primaryCloud(PrimaryCloudClause(cloud: cloud, meaning: .tryFirst, spillOn: .never)),
                appliesTo: .value(.product, [.exactly(product)]), carveOuts: [], from: nil, until: nil, text: nil,
                source: nil, assumed: [])
        }
        document.instruments.append(
            Instrument(
                id: "planted-amendment", kind: .amendment, title: nil, amends: document.instruments.last?.id,
                signed: last, effective: last.advanced(byMilliseconds: 86_400_000), precedence: nil, isDraft: false,
                operations: clauses.map { .add($0) }, statements: [], source: nil))
        return document
    }

    @Test("A contradiction planted in a commitment, which decides nothing by itself, is found as well")
    func plantedInCommitment() throws {
        let document = try planting(["azure", "planted"], for: "chat", in: "enterprise-macc.yaml")
        let found = AgreementAnalysis(of: [document]).findings
        #expect(found.map(\.code) == [.differentPrimaries])
        #expect(found.first?.clauses == ["\(document.id)/azure-primary", "\(document.id)/planted-primary"])
        #expect(found.first?.witness?[.product] == "chat")
        #expect(found.first?.rendered.contains("witness: product chat") == true)
    }

    @Test(
        "A contradiction planted in an example is found, with a request that shows it",
        arguments: [
            ("microsoft-openai-as-reported.yaml", "planted-product", .differentPrimaries),
            ("microsoft-openai.yaml", "planted-product", .differentPrimaries),
            ("amazon-openai.yaml", "stateful-runtime", .conflict),
            ("anthropic-multi-cloud.yaml", "foundry", .differentPrimaries),
            ("enterprise-edp.yaml", "planted-product", .differentPrimaries),
            ("primary-cloud.yaml", "planted-product", .differentPrimaries),
        ] as [(String, String, Finding.Code)])
    func planted(name: String, product: String, code: Finding.Code) throws {
        let document = try planting(["planted"], for: product, in: name)
        let found = AgreementAnalysis(of: [document]).findings.filter { $0.severity == .error }
        #expect(found.allSatisfy { $0.clauses.contains("\(document.id)/planted-primary") })
        let first = try #require(found.first)
        #expect(first.code == code)
        let witness = try #require(first.witness)
        #expect(witness[.product] == product)
        let again = AnalysisCase(documents: [document], at: try #require(first.periods.first).from).refusal(witness)
        #expect(again?.refusal == .conflict)
        #expect(again?.clauses == first.clauses)
    }

    @Test("The reported partnership says that a licence runs out under a cloud that stays primary")
    func reported() throws {
        let found = AgreementAnalysis(of: [try document("microsoft-openai-as-reported.yaml")]).findings
        let text = found.map(\.rendered).joined(separator: "\n\n") + "\n"
        #expect(try text == LanguageFiles.golden("analysis/as-reported.txt", actual: text))
    }
}
