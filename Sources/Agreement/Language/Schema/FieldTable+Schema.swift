// SPDX-License-Identifier: Apache-2.0

extension FieldTable {
    /// Each table once.
    static func distinct(_ parts: [FieldTable]) -> [FieldTable] {
        var tables: [FieldTable] = []
        for table in parts {
            let same = tables.first { $0.definitionName == table.definitionName }
            precondition(same.map { $0.names == table.names } ?? true, "two tables are called \(table.name)")
            if same == nil { tables.append(table) }
        }
        return tables
    }

    /// The JSON Schema (draft 2020-12) of files that are such a mapping.
    ///
    /// - Parameters:
    ///   - id: the name of the schema's own file.
    ///   - title: what such a file is.
    /// - Returns: the schema as a document.
    package func schemaText(id: String, title: String) -> String {
        let definitions = Self.distinct(shape.tables).map { ($0.definitionName, $0.schema) }
        let document = SchemaNode.object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")), ("$id", .string(id)),
            ("title", .string(title)),
            ("description", .string("Scalars are read as written: a number or a truth may stand in quotes or not.")),
            ("$ref", .string("#/$defs/\(definitionName)")), ("$defs", .object(definitions)),
        ])
        return document.text() + "\n"
    }
}
