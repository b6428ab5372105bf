// SPDX-License-Identifier: Apache-2.0

/// The JSON Schema of agreements, made from the tables that the reader reads with.
///
/// Editors complete and check with it. What it refuses the reader refuses; what spans several places, such as names
/// that nobody declared or steps that do not add up, only the reader sees.
package enum AgreementSchema {
    /// The schema as a document (JSON Schema, draft 2020-12).
    package static let text: String = document.text() + "\n"

    /// What it asks of instruments of each kind.
    package static var instrumentRules: [FieldTable.Rule] { InstrumentReading.table.rules }

    private static var document: SchemaNode {
        .object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .string("agreement.schema.json")),
            ("title", .string("A Concordat agreement")),
            ("description", .string("Scalars are read as written: a number or a truth may stand in quotes or not.")),
            ("$ref", .string("#/$defs/agreement")),
            ("$defs", .object(definitions)),
        ])
    }

    private typealias Definition = (name: String, value: SchemaNode)

    private static var definitions: [Definition] {
        let parts = HeaderReading.table.parts + ClauseKind.all.flatMap { ClauseReading.table(of: $0).parts }
        let tables = FieldTable.distinct(parts)
        let kinds: [Definition] = ClauseKind.all.map { ("clause-\($0.name)", clause(of: $0)) }
        let head: [Definition] = [("agreement", HeaderReading.table.schema), ("clause", anyClause)]
        let selectors: [Definition] = [
            ("condition", SelectorSchema.condition), ("grounds", SelectorSchema.groundCondition),
            ("until", SelectorSchema.until(isNested: false)), ("nested-until", SelectorSchema.until(isNested: true)),
        ]
        return head + kinds + tables.map { ($0.definitionName, $0.schema) } + selectors
    }

    /// A clause of one kind, whose `kind` is the word for it.
    private static func clause(of kind: ClauseKind) -> SchemaNode {
        guard case .object(let members) = ClauseReading.table(of: kind).schema else { return .object([]) }
        return .object(
            [("description", .string(kind.summary))]
                + members.filter { $0.name != "title" }.map { member in
                    guard member.name == "properties", case .object(let properties) = member.value else {
                        return member
                    }
                    let narrowed = properties.map { property in
                        property.name == "kind"
                            ? (property.name, SchemaNode.object([("const", .string(kind.name))])) : property
                    }
                    return (member.name, .object(narrowed))
                })
    }

    /// A clause of any kind: the word after `kind` chooses the fields.
    private static var anyClause: SchemaNode {
        .object([
            ("type", .string("object")), ("required", .strings(["id", "kind"])),
            (
                "properties",
                .object([("kind", .object([("enum", .strings(ClauseKind.all.map(\.name)))]))])
            ),
            (
                "allOf",
                .array(
                    ClauseKind.all.map { kind in
                        .object([
                            (
                                "if",
                                .object([
                                    (
                                        "properties",
                                        .object([("kind", .object([("const", .string(kind.name))]))])
                                    ), ("required", .strings(["kind"])),
                                ])
                            ), ("then", .reference("clause-\(kind.name)")),
                        ])
                    })
            ),
        ])
    }
}
