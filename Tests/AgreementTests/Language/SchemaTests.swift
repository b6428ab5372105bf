// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("The published schema")
struct SchemaTests {
    @Test("The schema in the repository is the one that the reader's tables give")
    func current() throws {
        let text = AgreementSchema.text
        #expect(try text == LanguageFiles.goldenExample("agreement.schema.json", actual: text))
    }

    @Test("What the schema asks of an instrument of some kind the reader asks too")
    func rules() {
        #expect(AgreementSchema.text.contains("\"const\": \"interpretation\""))
        let values = [
            "amends": "first", "precedence": "1", "clauses": "[{id: new, kind: decline, cloud: aws}]",
            "operations": "[{end: it}]",
        ]
        for rule in AgreementSchema.instrumentRules {
            let founding = SampleAgreement.instrument("kind: decline, cloud: azure")
            func faults(_ keys: [String]) -> Int {
                let more = keys.map { ", \($0): \(values[$0] ?? "")" }.joined()
                let second =
                    "  - {id: second, effective: 2026-06-01, kind: \(rule.word), statements: [{id: a, text: A.}]"
                return SampleAgreement.reading(instruments: founding + second + more + "}\n").diagnostics.count
            }
            #expect(faults(rule.requires) == 0)
            for key in rule.refuses { #expect(faults(rule.requires + [key]) > 0, "\(rule.word) \(key)") }
            for key in rule.requires { #expect(faults(rule.requires.filter { $0 != key }) > 0) }
        }
    }

    @Test("Every field of every kind is in it, with what it means")
    func complete() {
        let text = AgreementSchema.text
        for kind in ClauseKind.all {
            #expect(text.contains("\"clause-\(kind.name)\": {"))
            for field in kind.fields {
                let summary = field.summary.prefix(1).uppercased() + field.summary.dropFirst()
                #expect(text.contains("\"\(field.name)\": {") && text.contains(summary.replacing("\"", with: "\\\"")))
            }
        }
        // Only diagnostics name such forms; in the schema they would allow everything.
        #expect(!text.contains("\"$comment\": \"`"))
    }
}
