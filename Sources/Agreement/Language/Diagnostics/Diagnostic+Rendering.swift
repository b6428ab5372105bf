// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
    /// The diagnostic for people: place and message, the line with a caret, what was expected, and how to mend it.
    package var rendered: String {
        var lines = ["\(file):\(line):\(column): \(severity.rawValue): \(message) [\(code)]"]
        if !excerpt.text.isEmpty {
            let number = String(line)
            let margin = String(repeating: " ", count: number.count)
            lines.append(" \(number) | \(excerpt.text)")
            lines.append(" \(margin) | \(String(repeating: " ", count: excerpt.charactersBefore))^")
        }
        if !offending.isEmpty { lines.append("  found: \(offending)") }
        lines.append("  expected: \(expected)")
        lines.append("  help: \(mend)")
        return lines.joined(separator: "\n")
    }

    /// The diagnostic as one JSON object on one line.
    package var json: String {
        let texts = [
            ("severity", severity.rawValue), ("code", code.rawValue), ("file", file), ("offending", offending),
            ("message", message), ("expected", expected), ("mend", mend),
        ]
        let members = texts.map { "\(JSONText.quoted($0.0)):\(JSONText.quoted($0.1))" }
        return "{" + (members + ["\"line\":\(line)", "\"column\":\(column)"]).joined(separator: ",") + "}"
    }
}
