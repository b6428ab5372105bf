// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Classes of values")
struct AtomWordsTests {
    /// The requests that two clauses disagree about, one for each class of products that the selectors tell apart.
    private func requests(_ selector: String, beside others: [String] = []) throws -> [String]? {
        var clauses = [
            "id: one, kind: primary-cloud, cloud: azure, meaning: try-first, applies_to: {product: \(selector)}",
            "id: two, kind: primary-cloud, cloud: aws, meaning: try-first",
        ]
        for (index, other) in others.enumerated() {
            clauses.append("id: other-\(index), kind: decline, cloud: gcp, applies_to: {product: \(other)}")
        }
        let document = try Scenario.agreement(clauses: clauses)
        let found = AgreementAnalysis(of: [document]).findings.first { $0.code == .differentPrimaries }
        for witness in [found?.witness].compactMap({ $0 }) {
            let again = AnalysisCase(documents: [document], at: Scenario.noon).refusal(witness)
            #expect(again?.refusal == .conflict, "\(witness.words)")
        }
        return found?.requests
    }

    @Test("Nested beginnings are classes of their own, and are told by their outermost")
    func nested() throws {
        #expect(try requests("[lab-*]", beside: ["lab-1*", "lab-12", "lab-"]) == ["product lab-*"])
        #expect(
            try requests("{in: [lab-*], not_in: [lab-1*]}", beside: ["lab-12", "lab"]) == ["product lab-* (not lab-1*)"]
        )
        #expect(
            try requests("{in: [lab-*, x], not_in: [lab-1*, lab-2]}", beside: ["lab-12"])
                == ["product lab-* (not lab-1* or lab-2) or x"])
        #expect(try requests("lab-12", beside: ["lab-1*", "lab-*"]) == ["product lab-12"])
    }

    @Test("A beginning that stands alone as a value too keeps both apart")
    func valueAndBeginning() throws {
        #expect(try requests("{in: [lab*], not_in: [lab]}") == ["product lab* (not lab)"])
        #expect(try requests("lab", beside: ["lab*"]) == ["product lab"])
    }

    @Test("A long list of values is cut, and the rest counted")
    func longList() throws {
        let values = (10..<40).map { "p\($0)" }.joined(separator: ", ")
        let found = try requests("[\(values)]")
        #expect(
            found == ["product p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21 or 18 more"])
    }
}
