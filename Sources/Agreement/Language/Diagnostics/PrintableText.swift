// SPDX-License-Identifier: Apache-2.0

/// Makes text of a file safe to print in a terminal.
package enum PrintableText {
    /// How many characters of the offending text are shown.
    package static let offendingCharactersMax = 80
    /// How many characters of the offending line are shown.
    package static let excerptCharactersMax = 100

    /// The text escaped and shortened.
    static func offending(_ text: String) -> String {
        let escaped = text.unicodeScalars.prefix(offendingCharactersMax + 1).map(escaped).joined()
        guard escaped.count > offendingCharactersMax else { return escaped }
        return escaped.prefix(offendingCharactersMax - 1) + "…"
    }

    /// The part of a line around a column, escaped.
    static func excerpt(of line: String, column: Int) -> Diagnostic.Excerpt {
        let scalars = Array(line.unicodeScalars)
        let start = max(0, min(column - 1, scalars.count) - excerptCharactersMax * 2 / 3)
        let cut = start > 0 ? "…" : ""
        let end = min(scalars.count, start + excerptCharactersMax)
        let before = cut + scalars[start..<min(end, max(start, column - 1))].map(escaped).joined()
        let text = cut + scalars[start..<end].map(escaped).joined() + (end < scalars.count ? "…" : "")
        let isBlank = text.allSatisfy { $0 == " " }
        return Diagnostic.Excerpt(text: isBlank ? "" : text, charactersBefore: before.count)
    }

    /// One character, escaped where it would change the terminal or the order of the text.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            if scalar == "\t" { return " " }
            if scalar == "\n" { return "\\n" }
            return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        default:
            return String(Character(scalar))
        }
    }
}
