// SPDX-License-Identifier: Apache-2.0

/// The reference of the agreement language as Markdown, made from the tables that the reader reads with.
package enum LanguageReference {
    /// The page.
    package static let text: String = {
        var lines = [
            "# Reference of the agreement language", "",
            "Every key that an agreement's file may hold, made from the tables that the reader reads with; a test holds",
            "this page current. [The agreement language](agreement-language.md) explains how the parts work together,",
            "and [agreement.schema.json](../agreements/agreement.schema.json) lets editors complete and check them.",
            "",
            "## Values", "", "| what | means |", "|---|---|",
        ]
        lines += FieldShape.glossary.map { "| \($0.word) | \($0.meaning) |" } + [""]
        lines += section("The file", HeaderReading.table)
        lines += section("An instrument", InstrumentReading.table)
        lines += section("An operation", OperationReading.table)
        lines += [
            "## Every clause", "", "Beside the fields of its kind every clause has these.", "",
        ]
        lines += rows(ClauseReading.commonFields)
        for kind in ClauseKind.all { lines += section(of: kind) }
        return lines.joined(separator: "\n") + "\n"
    }()

    private static func section(_ title: String, _ table: FieldTable) -> [String] {
        ["## \(title)", ""] + rows(table.fields)
    }

    private static func section(of kind: ClauseKind) -> [String] {
        var lines = ["## `\(kind.name)`", "", kind.summary, ""]
        if let example = ReferenceExamples.clauses[kind.name] {
            lines += ["```yaml"] + listItem(example) + ["```", ""]
            lines += ["> " + words(of: example).joined(separator: " "), ""]
        }
        return lines + rows(kind.fields)
    }

    /// The lines of a mapping as an item of a list.
    private static func listItem(_ mapping: String) -> [String] {
        mapping.split(separator: "\n").enumerated().map { $0.offset == 0 ? "- \($0.element)" : "  \($0.element)" }
    }

    /// What an example means as it is read.
    private static func words(of example: String) -> [String] {
        let clauses = listItem(example).map { "      " + $0 }.joined(separator: "\n")
        let text =
            ReferenceExamples.header
            + "instruments:\n  - id: first\n    kind: agreement\n    effective: 2026-01-01\n    clauses:\n\(clauses)\n"
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "example.yaml")
        guard let document = reading.document, let clause = document.instruments.first?.operations.first?.clause else {
            preconditionFailure("an example of the reference can't be read: \(reading.diagnostics.map(\.rendered))")
        }
        return clause.words(in: document)
    }

    /// A table of the fields, and below each the fields of the mappings inside it.
    package static func rows(_ fields: [FieldDescription]) -> [String] {
        ["| key | what | written as | default |", "|---|---|---|---|"]
            + fields.flatMap { row($0, prefix: "") } + [""]
    }

    private static func row(_ field: FieldDescription, prefix: String) -> [String] {
        let path = prefix + field.name
        let standing = field.isRequired ? "required" : field.written.map { "`\($0)`" } ?? ""
        let own = "| `\(path)` | \(Wording.capitalised(field.summary)) | \(cell(field.shape.brief)) | \(standing) |"
        return [own] + inner(field.shape, path: path)
    }

    /// The rows of what is inside a value.
    private static func inner(_ shape: FieldShape, path: String) -> [String] {
        switch shape {
        // Instruments, operations and clauses have sections of their own.
        case .mapping(let table):
            table.names.contains("effective") || table.names.contains("suspend")
                ? [] : table.fields.flatMap { row($0, prefix: path + ".") }
        case .list(let item, _): inner(item, path: path + "[]")
        case .keyed(let value, _), .entries(_, let value): inner(value, path: path + ".*")
        case .either(let shapes): shapes.flatMap { inner($0, path: path) }
        default: []
        }
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|")
    }
}
