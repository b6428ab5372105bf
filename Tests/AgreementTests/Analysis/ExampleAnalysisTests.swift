// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Analysis of the examples")
struct ExampleAnalysisTests {
    static let names = ["microsoft-openai-as-reported.yaml", "primary-cloud.yaml"]

    private func document(_ name: String) throws -> AgreementDocument {
        let reading = try AgreementReader.read(bytes: LanguageFiles.example(name), file: name)
        return try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
    }

    @Test("No example contradicts itself", arguments: names)
    func sound(name: String) throws {
        let analysis = AgreementAnalysis(of: [try document(name)])
        #expect(analysis.isComplete)
        #expect(analysis.findings.filter { $0.severity == .error } == [])
    }

    @Test("A contradiction planted in an example is found, with a request that shows it", arguments: names)
    func planted(name: String) throws {
        var document = try document(name)
        document.clouds.append(CloudDeclaration(id: "planted", operatedBy: "nobody"))
        let last = try #require(document.instruments.map(\.effective).max())
        let clause = Clause(
            id: "planted-primary",
            kind: .primaryCloud(PrimaryCloudClause(cloud: "planted", meaning: .tryFirst, spillOn: .never)),
            appliesTo: .value(.product, [.exactly("planted-product")]), carveOuts: [], from: nil, until: nil, text: nil,
            source: nil, assumed: [])
        document.instruments.append(
            Instrument(
                id: "planted-amendment", kind: .amendment, title: nil, amends: document.instruments.last?.id,
                signed: last, effective: last.advanced(byMilliseconds: 86_400_000), precedence: nil, isDraft: false,
                operations: [.add(clause)], statements: [], source: nil))
        let found = AgreementAnalysis(of: [document]).findings.filter { $0.severity == .error }
        #expect(found.allSatisfy { $0.clauses.contains("\(document.id)/planted-primary") })
        let first = try #require(found.first)
        #expect(first.code == .differentPrimaries)
        let witness = try #require(first.witness)
        #expect(witness[.product] == "planted-product")
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
