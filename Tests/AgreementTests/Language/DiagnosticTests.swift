// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Diagnostics")
struct DiagnosticTests {
    private func diagnostic(_ line: String, column: Int) -> Diagnostic {
        Diagnostic(
            .error, .unknownKey, in: SourceText(bytes: Array("first\n\(line)\n".utf8), file: "a.yaml"),
            at: Place(line: 2, column: column), offending: "clowd", message: "no such key", expected: "`cloud`",
            mend: "did you mean `cloud`?")
    }

    @Test("The caret stands under the column")
    func caret() {
        #expect(
            diagnostic("  clowd: azure", column: 3).rendered == """
                a.yaml:2:3: error: no such key [unknown-key]
                 2 |   clowd: azure
                   |   ^
                  found: clowd
                  expected: `cloud`
                  help: did you mean `cloud`?
                """)
    }

    @Test("A column counts characters, not bytes")
    func columnsAreCharacters() {
        let source = SourceText(bytes: Array("ä€😀x: 1".utf8), file: "a.yaml")
        #expect(source.place(ofByteAt: 9) == Place(line: 1, column: 4))
    }

    @Test("Text that would change the terminal or the order of characters is escaped, and the caret follows")
    func escapes() {
        let rendered = diagnostic("\u{1B}[31m\u{202E}clowd", column: 7).rendered
        #expect(rendered.contains(" 2 | \\u{1B}[31m\\u{202E}clowd"))
        #expect(rendered.contains("   | \(String(repeating: " ", count: 18))^"))
    }

    @Test("Of a long line the part around the column is shown")
    func longLine() {
        let line = String(repeating: "a", count: 500) + "!" + String(repeating: "b", count: 500)
        let shown = diagnostic(line, column: 501)
        #expect(shown.excerpt.text.count <= PrintableText.excerptCharactersMax + 2)
        #expect(Array(shown.excerpt.text)[shown.excerpt.charactersBefore] == "!")
    }

    @Test("JSON has every part, escaped")
    func json() {
        #expect(
            diagnostic("a \"b\"", column: 1).json
                == #"{"severity":"error","code":"unknown-key","file":"a.yaml","offending":"clowd","#
                + #""message":"no such key","expected":"`cloud`","mend":"did you mean `cloud`?","line":2,"column":1}"#)
    }

    @Test(
        "A slip is recognised, another word is not",
        arguments: [
            ("clowd", "cloud"), ("primary-clod", "primary-cloud"), ("licens", nil), ("x", nil), ("azur", "azure"),
            ("", nil), ("meaning-of-it", nil),
        ])
    func resemblance(name: String, expected: String?) {
        #expect(Resemblance.nearest(to: name, among: ["cloud", "primary-cloud", "azure", "meaning"]) == expected)
    }
}
