// SPDX-License-Identifier: Apache-2.0

/// Lays plain text out for a terminal.
enum TextLayout {
    /// How many columns a line has.
    static let width = 100

    /// A text in lines; words longer than a line stand alone.
    ///
    /// - Parameters:
    ///   - text: the words; white space of any kind stands between them.
    ///   - indentation: before the first line.
    ///   - hanging: before the others; the same as `indentation` where it is missing.
    /// - Returns: the lines.
    static func wrapped(_ text: String, indentation: String, hanging: String? = nil) -> [String] {
        var lines: [String] = []
        var line = indentation
        var isEmpty = true
        for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = hanging ?? indentation
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        if !isEmpty { lines.append(line) }
        return lines
    }
}
