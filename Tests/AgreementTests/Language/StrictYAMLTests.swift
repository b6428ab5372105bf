// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Strict YAML")
struct StrictYAMLTests {
    private func read(_ text: String) -> StrictYAMLReading {
        StrictYAML.read(Array(text.utf8), file: "a.yaml")
    }

    private func value(_ text: String, _ key: String = "k") -> String? {
        let reading = read(text)
        #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.rendered))")
        return reading.root?.entry(key)?.value.text
    }

    @Test(
        "What looks like an indicator inside a scalar or a comment is text",
        arguments: [
            ("k: gpt-5*", "gpt-5*"), ("k: a & b", "a & b"), ("k: a !b *c &d %e", "a !b *c &d %e"),
            ("k: \"*a\"", "*a"), ("k: '&a'", "&a"), ("k: 'it''s *a'", "it's *a"), ("k: \"a \\\" *b\"", "a \" *b"),
            ("k: v # *a &b !c", "v"), ("# *a\nk: v", "v"), ("k: a\n  *b\n  &c", "a *b &c"),
            ("k: |\n  *a\n  &b: <<\n  --- x\nz: 1", "*a\n&b: <<\n--- x\n"), ("k: >-\n  *a\n\n  %b\n", "*a\n%b"),
            ("k: |2\n   *a\n", " *a\n"), ("k: a#b", "a#b"), ("k: http://x.y/?a=*b", "http://x.y/?a=*b"),
            ("---\nk: v", "v"), ("\u{FEFF}k: v", "v"), ("k: v\r\nz: w\r\n", "v"), ("k: <<", "<<"),
            ("k: \"a\n  *b\"", "a *b"), ("{k: v, z: [a*, b]}", "v"), ("k: no", "no"), ("k: 010", "010"),
            ("k: ~", "~"), ("k: 2026-04-27", "2026-04-27"), ("z:\n- |\n *a\n- b\nk: v", "v"), ("k:\tv", "v"),
            ("k: -1", "-1"), ("k: ?x", "?x"), ("k: :x", ":x"), ("[a,\n *b]: x\nk: v", nil),
        ])
    func indicatorsInText(text: String, expected: String?) {
        if expected == nil { #expect(read(text).root == nil) } else { #expect(value(text) == expected) }
    }

    @Test(
        "What agreements do not use is refused by name",
        arguments: [
            ("k: *a", "alias"), ("k: &a v", "anchor"), ("- *a", "alias"), ("- - &a x", "anchor"), ("[a, *b]", "alias"),
            ("{k: &a v}", "anchor"), ("*a : v", "alias"), ("&a k: v", "anchor"), ("!!str k: v", "tag"),
            ("k: ! v", "tag"), ("k: {<<: x}", "merge-key"), ("<<: {a: b}", "merge-key"), ("\"<<\": x", ""),
            ("%TAG ! x\n---\nk: v", "directive"), ("---\nk: v\n---\nk: w", "several-documents"),
            ("k: v\n...\n", "several-documents"), ("? k\n: v", "complex-key"), ("k: `v`", "reserved-character"),
            ("k: @v", "reserved-character"), ("k: %v", "reserved-character"), ("k:\n\tv: w", "tab-indentation"),
            ("k: 'v", "unterminated-quote"), ("k: \"\\0\"", "control-character"),
            ("k: a\u{2028}b", "control-character"),
            ("k: a\u{85}b", "control-character"), ("k: a\rb", "control-character"), ("k: \u{7F}", "control-character"),
            ("a\u{FEFF}b: c", "control-character"), ("", "empty-file"), ("k: [a", "yaml-syntax"),
            ("k: |\n  a\n &b: c", "anchor"), ("k: |\n a\n &b: c", ""),
        ])
    func refused(text: String, code: String) {
        #expect(read(text).diagnostics.first?.code.rawValue ?? "" == code)
    }

    @Test("All refused constructs of a file are told at once, each at its place")
    func severalFaults() {
        let reading = read("a: *x\nb: &y z\nc: !!int 5\n")
        #expect(
            reading.diagnostics.map(\.place) == [
                Place(line: 1, column: 4), Place(line: 2, column: 4), Place(line: 3, column: 4),
            ])
    }

    @Test("A duplicate key names both places, and the rest of the file is still read")
    func duplicates() {
        let reading = read("a: 1\nb: {c: 1, d: 2, c: 3, 'c': 4}\na: 2\nz: 5\n")
        #expect(reading.diagnostics.map(\.code) == [.duplicateKey, .duplicateKey, .duplicateKey])
        #expect(
            reading.diagnostics.map(\.place).sorted() == [
                Place(line: 2, column: 17), Place(line: 2, column: 23), Place(line: 3, column: 1),
            ])
        #expect(reading.diagnostics.contains { $0.message.contains("line 1, column 1") })
        #expect(reading.root?.entry("z")?.value.text == "5")
    }

    @Test("A byte that is no UTF-8 is told by its offset")
    func badByte() {
        let reading = StrictYAML.read(Array("k: v\nz: ".utf8) + [0xFF, 0x0A], file: "a.yaml")
        #expect(reading.diagnostics.first?.message == "byte 8 of the file is not UTF-8")
        #expect(reading.diagnostics.first?.place == Place(line: 2, column: 4))
    }

    @Test("The limits hold one step apart", arguments: [62, 63, 64, 65])
    func depth(levels: Int) {
        let text = "k: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let isDeep = levels + 1 > DocumentLimits.depthMax
        #expect(read(text).diagnostics.contains { $0.code == .tooDeep } == isDeep)
    }

    @Test("A line and a file may be as long as their limits, and no longer")
    func lengths() {
        let line = "k: " + String(repeating: "a", count: DocumentLimits.lineBytesMax - 3)
        #expect(read(line).diagnostics.isEmpty)
        #expect(read(line + "a").diagnostics.map(\.code) == [.lineTooLong])
        let comment = "# " + String(repeating: "c", count: 1_021) + "\n"
        let file = "k: v\n" + String(repeating: comment, count: 1_023)
        let full = file + String(repeating: "\n", count: DocumentLimits.sourceBytesMax - file.utf8.count)
        #expect(read(full).diagnostics.isEmpty)
        #expect(read(full + "\n").diagnostics.map(\.code) == [.fileTooLarge])
    }

    @Test(
        "A megabyte of one thing is refused or read, and soon", .timeLimit(.minutes(5)),
        arguments: [
            "[", "{", "- ", "? ", "a: ", "- - ", "\n", "[a]: ", "\"", "'", "&a ", "*a\n", "!a ", ": ", "a\n", "a: b\n",
            "k: |\n", " ", "#\n", "\"a\": {\n", "[\n", "{a: \n", "---\n", "- a\n", ",", "]", "a: [b]\n", "'a': 'b'\n",
            "k: >\n \n", "a:\n ", "{a: b, ", "a\n\n\n\n\n\n\n\n",
        ])
    func adversarial(unit: String) {
        let count = DocumentLimits.sourceBytesMax / unit.utf8.count
        _ = read(String(repeating: unit, count: count))
        _ = read("k:\n" + String(repeating: unit, count: 4_000))
    }
}
