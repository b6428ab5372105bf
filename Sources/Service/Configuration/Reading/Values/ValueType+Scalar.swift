// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType {
    /// A value that is made from one text.
    ///
    /// - Parameters:
    ///   - expected: what should have been written, for diagnostics.
    ///   - shape: what may be written, for the schema and the reference.
    ///   - parse: makes the value, or says what is wrong.
    /// - Returns: the type of such values.
    static func scalar(
        expected: String, shape: FieldShape? = nil,
        _ parse: @escaping @Sendable (String) throws(ScalarFault) -> Value
    ) -> ValueType<Value> {
        ValueType<Value>(shape ?? .text) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.error(
                    node.isMissing ? .missingValue : .wrongShape, at: node.place,
                    offending: node.isMissing ? "" : node.summary,
                    message: node.isMissing ? "the value is missing" : "the value has the wrong shape",
                    expected: expected,
                    mend: node.isMissing ? "write the value after the colon, or delete the key" : FieldShape.text.layout
                )
                return nil
            }
            do throws(ScalarFault) {
                return try parse(text)
            } catch {
                context.error(
                    error.code, at: node.place, offending: error.isShown ? text : "", message: error.message,
                    expected: expected, mend: error.mend)
                return nil
            }
        }
    }

    /// A value of a form of its own.
    ///
    /// - Parameters:
    ///   - word: what it is in a word.
    ///   - expected: what should have been written, for diagnostics.
    ///   - pattern: the form as a regular expression, for the schema; what it refuses `parse` refuses.
    ///   - parse: makes the value, or says what is wrong.
    /// - Returns: the type of such values.
    static func token(
        _ word: String, expected: String, pattern: String,
        _ parse: @escaping @Sendable (String) throws(ScalarFault) -> Value
    ) -> ValueType<Value> {
        scalar(expected: expected, shape: .token(word, expected: expected, pattern: pattern), parse)
    }

    /// One of some words, each with what it stands for.
    static func oneOf(_ values: [(word: String, value: Value)]) -> ValueType<Value> {
        let words = values.map(\.word)
        let expected = FieldShape.word(words).expectation
        let reader = ValueType.scalar(expected: expected) { text throws(ScalarFault) in
            if let match = values.first(where: { $0.word == text }) { return match.value }
            throw ScalarFault(
                code: .unknownWord, message: "the word is not known here",
                mend: Resemblance.nearest(to: text, among: words).map { "did you mean `\($0)`?" }
                    ?? "write one of the words above")
        }
        return ValueType(.word(words), read: reader.read)
    }
}
