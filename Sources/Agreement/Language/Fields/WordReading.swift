// SPDX-License-Identifier: Apache-2.0

/// Reads one of a closed set of words.
enum WordReading {
    static func read(_ node: YAMLNode, among words: [String], _ context: ReadingContext) -> String? {
        guard let text = node.text, !node.isMissing else {
            context.wrongShape(node, expected: .word(words))
            return nil
        }
        guard words.contains(text) else {
            let near = Resemblance.nearest(to: text, among: words).map { "did you mean `\($0)`?" }
            context.error(
                .unknownWord, at: node.place, offending: text, message: "the word is not known here",
                expected: FieldShape.word(words).expectation, mend: near ?? "write one of the words above")
            return nil
        }
        return text
    }
}
