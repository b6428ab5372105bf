// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == Source {
    /// Where words were found: `{title, url?, grade}`.
    package static var source: ValueType<Source> {
        let title = Field.required("title", .text, "the document or page, as a reader would look for it.")
        let url = Field.optional("url", webAddress, "where it can be read.")
        let grade = Field.required(
            "grade", ValueType<Source.Grade>.word, "how close it is to the paper: itself, a report, or nobody.")
        let table = FieldTable("a source", [title.description, url.description, grade.description])
        return table.type { mapping in
            let readTitle = mapping.value(title)
            let readURL = mapping.value(url)
            let readGrade = mapping.value(grade)
            guard let readTitle, let readGrade else { return nil }
            return Source(title: readTitle, url: readURL, grade: readGrade)
        }
    }

    private static var webAddress: ValueType<String> {
        ValueType<String>(.webAddress) { node, context in
            guard let text = ValueType<String>.text.read(node, context) else { return nil }
            guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(where: \.isWhitespace) else {
                context.error(
                    .invalidText, at: node.place, offending: text, message: "the value is no web address",
                    expected: FieldShape.webAddress.expectation,
                    mend: "write the whole address, or delete the key and name the document in `title`")
                return nil
            }
            return text
        }
    }
}
