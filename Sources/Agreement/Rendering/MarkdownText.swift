// SPDX-License-Identifier: Apache-2.0

/// Writes text into Markdown (CommonMark) so that it is shown as it is.
enum MarkdownText {
    /// Words on one line, with everything escaped that Markdown gives a meaning.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNewline {
                result += " "
            } else if "\\`*_{}[]<>#|~&!".contains(character) {
                result += "\\" + String(character)
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// Text as code, between as many backticks as it needs.
    static func code(_ text: String) -> String {
        let line = text.map { $0.isNewline ? " " : String($0) }.joined()
        let longest = line.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longest + 1)
        let padding = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        return fence + padding + line + padding + fence
    }

    /// Words as a paragraph: what begins it begins no list and no heading.
    static func paragraph(_ text: String) -> String {
        let words = escaped(String(text.drop { $0.isWhitespace }))
        if let first = words.first, "+-=".contains(first) { return "\\" + words }
        let digits = words.prefix { $0.isNumber }
        let rest = words.dropFirst(digits.count)
        guard !digits.isEmpty, let mark = rest.first, ".)".contains(mark) else { return words }
        return digits + "\\" + rest
    }

    /// Words as a quote, line by line.
    static func quote(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "> " + paragraph(String($0)) }
    }

    /// A web address as a link, or a text without one.
    static func link(_ text: String, to address: String?) -> String {
        guard let address else { return escaped(text) }
        let target = address.map { "()<>\\".contains($0) ? "" : String($0) }.joined()
        return "[\(escaped(text))](<\(target)>)"
    }
}
