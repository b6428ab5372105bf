// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// What the configuration's file may hold, made from the tables that the reader reads with.
package enum ConfigurationReference {
    private static var table: FieldTable { ConfigurationFields(base: BaseFolder("/")).table }

    /// The JSON Schema (draft 2020-12), for editors; what it refuses the reader refuses.
    package static let schema = table.schemaText(id: "concordat.schema.json", title: "Concordat's configuration")

    /// The reference as Markdown.
    package static let page: String = {
        var lines = [
            "# Reference of the configuration", "",
            "Every key of the configuration's file, made from the tables that the reader reads with; a test holds this",
            "page current. [examples/concordat.yaml](../examples/concordat.yaml) shows them at work,",
            "[concordat.schema.json](../examples/concordat.schema.json) lets editors complete and check them, and",
            "[operations](operations.md#configuration) says what a reload changes.", "",
        ]
        lines += LanguageReference.rows(table.fields)
        lines += [
            "## Environment", "",
            "A variable sets one value in place of the file's; paths in it begin at the folder in which the command was",
            "started. What is named by its author or has any length stands in the file alone.", "",
            "| variable | key |", "|---|---|",
        ]
        lines += EnvironmentSetting.all(of: table).map { "| `\($0.name)` | `\($0.path.joined(separator: "."))` |" }
        return lines.joined(separator: "\n") + "\n"
    }()
}
