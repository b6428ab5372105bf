// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("The reference of the language")
struct LanguageReferenceTests {
    @Test("The page in the repository is the one that the reader's tables give")
    func current() throws {
        let text = LanguageReference.text
        #expect(try text == LanguageFiles.goldenPage("agreement-reference.md", actual: text))
    }

    @Test("Every kind has its section with an example, what it means in words, and its fields")
    func complete() {
        for kind in ClauseKind.all {
            let section =
                LanguageReference.text.split(separator: "\n## ").first { $0.hasPrefix("`\(kind.name)`") } ?? ""
            #expect(section.contains("```yaml\n- id: ") && section.contains("\n> "))
            for field in kind.fields { #expect(section.contains("| `\(field.name)` | ")) }
        }
    }
}
