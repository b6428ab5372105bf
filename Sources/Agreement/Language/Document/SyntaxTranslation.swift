// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// Says in the reader's words what the YAML parser could not read.
enum SyntaxTranslation {
    /// The diagnostic for an error of the parser.
    static func diagnostic(for error: YamlError, in source: SourceText) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let problemMark, _),
            .parser(let context, let problem, let problemMark, _),
            .composer(let context, let problem, let problemMark, _):
            // A missing colon is noticed on a later line than the one where it is missing.
            let mark = problem.contains("could not find expected ':'") ? context?.mark ?? problemMark : problemMark
            // At the end of the text the parser points behind the last line.
            let line = min(mark.line, source.lineCount)
            let place = Place(line: line, column: line == mark.line ? mark.column : 1)
            let isBracket = problem.contains("expected ',' or")
            let opened =
                isBracket ? context.map { ", which opens at line \($0.mark.line), column \($0.mark.column)" } : nil
            return diagnostic(for: problem, at: place, in: source, remark: opened ?? "")
        case .reader(let problem, _, _, _):
            return diagnostic(for: problem, at: .start, in: source)
        default:
            return diagnostic(for: "\(error)", at: .start, in: source)
        }
    }

    private static func diagnostic(
        for problem: String, at place: Place, in source: SourceText, remark: String = ""
    ) -> Diagnostic {
        let known = phrases.first { problem.contains($0.problem) }
        let text = source.line(place.line).unicodeScalars.dropFirst(place.column - 1)
        return Diagnostic(
            .error, .yamlSyntax, in: source, at: place, offending: String(String.UnicodeScalarView(text)),
            message: (known?.message ?? "this is no YAML: \(problem)") + remark,
            expected: known?.expected ?? "a YAML document of keys and values",
            mend: known?.mend ?? "compare the line with the ones around it: indentation, quotes, brackets, colons")
    }

    /// What libyaml says, and what it means to the author of a file.
    private static let phrases: [(problem: String, message: String, expected: String, mend: String)] = [
        (
            "mapping values are not allowed in this context", "a `:` stands where no key can be",
            "a key at the indentation of the keys around it", "quote text that holds `: `, or mend the indentation"
        ),
        (
            "did not find expected key", "the line fits no level of indentation above it, or a bracket is not closed",
            "a key at the indentation of the keys around it", "align the line with its neighbours"
        ),
        (
            "did not find expected '-' indicator", "a list goes on with something that is no item",
            "`- ` at the indentation of the items above, or a key further left", "align the line with its neighbours"
        ),
        (
            "did not find expected ',' or ']'", "no end is found of the list in brackets",
            "`,` or `]`", "close the bracket, and quote texts that hold brackets, braces or commas"
        ),
        (
            "did not find expected ',' or '}'", "no end is found of the mapping in braces",
            "`,` or `}`", "close the brace, and quote texts that hold brackets, braces or commas"
        ),
        (
            "could not find expected ':'", "a key has no colon", "`key: value`",
            "add the colon, or indent the line if it goes on with the text above"
        ),
        (
            "cannot start any token", "no value begins with this character", "a value",
            "put the value between double quotes"
        ),
        (
            "unknown escape character", "double quotes know no such escape", "an escape such as \\n, \\\" or \\\\",
            "write the backslash twice, or use single quotes"
        ),
        (
            "did not find expected hexdecimal number", "the escape has too few hexadecimal digits",
            "\\xHH, \\uHHHH or \\UHHHHHHHH", "write all digits, or use single quotes"
        ),
        (
            "block sequence entries are not allowed", "a list item stands where no list can begin",
            "the list on the lines below its key", "move `- ` to a line of its own"
        ),
        (
            "did not find expected <document start>", "something follows the end of the document",
            "the end of the file", "delete it, or align it with the keys above"
        ),
        (
            "found another document", "the file holds more than one document", "one document",
            "move what follows into a file of its own"
        ),
        (
            "found unexpected ':'", "a colon stands where a value in brackets can have none",
            "a value, or `key: value`",
            "put a space after the colon, or quotes around the text"
        ),
        (
            "did not find expected node content", "a value is missing between brackets", "a value",
            "write the value, or delete the comma"
        ),
        (
            "did not find expected comment or line break", "something stands on the line that opens a block text",
            "the text on the lines below", "move the text to the next line, indented"
        ),
        (
            "tab character", "a tab stands where the indentation is counted", "spaces", "replace the tab by spaces"
        ),
    ]
}
