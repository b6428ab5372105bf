// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Large analyses")
struct AnalysisLimitTests {
    private func document(_ clauses: [Clause]) -> AgreementDocument {
        AgreementDocument(
            id: "deal", title: "deal", timezone: "UTC", parties: [Party(id: "p", name: "P")],
            clouds: [
                CloudDeclaration(id: "azure", operatedBy: "p"), CloudDeclaration(id: "aws", operatedBy: "q"),
            ], events: [],
            instruments: [
                Instrument(
                    id: "first", kind: .agreement, title: nil, amends: nil, signed: Scenario.noon,
                    effective: Scenario.noon, precedence: nil, isDraft: false, operations: clauses.map { .add($0) },
                    statements: [], source: nil)
            ])
    }

    private func clause(_ id: String, _ appliesTo: Condition, cloud: String = "azure") -> Clause {
        Clause(
            id: id, kind: .exclusivity(ExclusivityClause(aspect: .hosting, cloud: cloud)), appliesTo: appliesTo,
            carveOuts: [], from: nil, until: nil, text: nil, source: nil, assumed: [])
    }

    @Test("Ten thousand clauses about products of their own are looked at one by one")
    func manyGroups() {
        var clauses = (0..<10_000).map { clause("c\($0)", .value(.product, [.exactly("p\($0)")])) }
        clauses.append(clause("c-last", .value(.product, [.exactly("p77")]), cloud: "aws"))
        let analysis = AgreementAnalysis(of: [document(clauses)])
        #expect(analysis.isComplete)
        #expect(analysis.findings.map(\.code) == [.unservable])
        #expect(analysis.findings.first?.severity == .error)
        #expect(analysis.findings.first?.clauses == ["deal/c-last", "deal/c77"])
    }

    @Test("Ten thousand clauses about the same requests are refused, with the counts")
    func oneGroup() {
        let clauses = (0..<10_000).map { number in
            clause(
                "c\(number)", .anyOf([.value(.product, [.exactly("p\(number)")]), .value(.region, [.prefix("eu-")])]))
        }
        let analysis = AgreementAnalysis(of: [document(clauses)])
        #expect(!analysis.isComplete)
        #expect(
            analysis.findings.first?.rendered == """
                warning: 10000 connected clauses tell more requests apart than the 5000000 decisions that are looked
                at: product 10001 × region 2 × evidence 1 × clauses 10000 [too-many-cells]
                  help: Narrow `product` first: name fewer values, or use one beginning and `*` for many.
                """)
    }

    @Test("Too many combinations are refused before any is looked at")
    func combinations() {
        let dimensions: [Dimension] = [.product, .customerClass, .dataClass, .region]
        let conditions = dimensions.map { dimension in
            Condition.value(dimension, (0..<60).map { .exactly("v\($0)") })
        }
        let analysis = AgreementAnalysis(of: [document([clause("c", .anyOf(conditions))])])
        #expect(analysis.cells == 0)
        #expect(analysis.findings.map(\.code) == [.tooManyCells])
    }

    @Test("Ten thousand dates are refused, with the counts")
    func manyPeriods() {
        let clauses = (0..<10_000).map { number in
            var one = clause("c\(number)", .always)
            one.from = Scenario.noon.advanced(byMilliseconds: Int64(number) * 1_000)
            return one
        }
        let found = AgreementAnalysis(of: [document(clauses)]).findings
        #expect(
            found.first?.message
                == "there are too many times to look at: 10000 boundaries × 10000 periods of clauses")
    }

    @Test("More clouds than a decision can list are refused, with their number")
    func manyClouds() {
        var large = document([clause("c", .always)])
        large.clouds += (0..<20).map { CloudDeclaration(id: "cloud\($0)", operatedBy: "q") }
        #expect(
            AgreementAnalysis(of: [large]).findings.first?.message
                == "the agreements declare 22 clouds and tell 1 region apart, and a decision lists at most 16 deployments"
        )
    }
}
