// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Agreements at their limits")
struct ReaderLimitTests {
    private func diagnostics(_ text: String) -> [Diagnostic] {
        AgreementReader.read(bytes: Array(text.utf8), file: "a.yaml").diagnostics
    }

    @Test("A file over the limit is refused unread")
    func fileTooLarge() {
        let text = String(repeating: "#\n", count: DocumentLimits.sourceBytesMax / 2) + "\n"
        #expect(
            diagnostics(text).map(\.rendered) == [
                """
                a.yaml:1:1: error: the file is too large [file-too-large]
                  found: 1048577 bytes
                  expected: at most 1048576 bytes
                  help: split the agreement, or move long quotes out of it
                """
            ])
    }

    @Test("Ten thousand clauses are refused by a scan, before any is read")
    func tooManyClauses() {
        let clauses = (0..<10_000).map { "      - {id: c\($0), kind: decline, cloud: azure}\n" }.joined()
        let text =
            SampleAgreement.header
            + "instruments:\n  - id: first\n    kind: agreement\n    effective: 2026-01-01\n    clauses:\n" + clauses
        #expect(
            diagnostics(text).map(\.rendered) == [
                """
                a.yaml:2860:43: error: the file holds too many values [too-many-nodes]
                 2860 |       - {id: c2848, kind: decline, cloud: azure}
                      |                                           ^
                  expected: at most 20000 mappings, lists, keys and values
                  help: split the file
                """
            ])
    }

    @Test("As many clauses as fit are read, changed and consolidated")
    func manyClauses() throws {
        var instruments = "  - id: first\n    kind: agreement\n    effective: 2026-01-01\n    clauses:\n"
        for number in 0..<1_000 { instruments += "      - {id: c\(number), kind: decline, cloud: azure}\n" }
        instruments += "  - id: second\n    kind: amendment\n    amends: first\n    effective: 2026-06-01\n"
        instruments += "    operations:\n"
        for number in 0..<1_000 { instruments += "      - {suspend: c\(number), until: 2026-07-01}\n" }
        let consolidation = try Consolidation(SampleAgreement.document(instruments: instruments))
        #expect(consolidation.periods.count == 2_000)
        #expect(consolidation.suspensions.count == 1_000)
    }

    @Test("Conditions a hundred deep are refused by the scan")
    func deepConditions() {
        let condition = String(repeating: "{not: ", count: 100) + "{product: a}" + String(repeating: "}", count: 100)
        #expect(SampleAgreement.faults("kind: decline, cloud: azure, applies_to: \(condition)") == ["too-deep"])
    }

    @Test("After a hundred diagnostics the rest is counted")
    func tooManyDiagnostics() {
        let clauses = (0..<300).map { "      - {id: c\($0), kind: decline, cloud: nowhere}\n" }.joined()
        let text =
            SampleAgreement.header
            + "instruments:\n  - id: first\n    kind: agreement\n    effective: 2026-01-01\n    clauses:\n" + clauses
        let found = diagnostics(text)
        #expect(found.count == DocumentLimits.diagnosticsMax + 1)
        #expect(
            found.last?.rendered == """
                a.yaml:112:42: error: 200 more diagnostics are not shown [too-many-diagnostics]
                 112 |       - {id: c100, kind: decline, cloud: nowhere}
                     |                                          ^
                  expected: fewer faults
                  help: mend the ones above first
                """)
    }
}
