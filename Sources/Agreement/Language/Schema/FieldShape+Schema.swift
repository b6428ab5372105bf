// SPDX-License-Identifier: Apache-2.0

extension FieldShape {
    /// What may be written, for a JSON Schema.
    ///
    /// Editors type unquoted scalars before the schema sees them, so that numbers and truths are allowed with and without
    /// quotes.
    var schema: SchemaNode {
        switch self {
        case .identifier: .pattern(SchemaPattern.identifier, bytesMax: ValueLimits.identifierBytesMax)
        case .reference(let space):
            SchemaNode.pattern(SchemaPattern.identifier, bytesMax: ValueLimits.identifierBytesMax).adding([
                ("$comment", .string("A \(space.noun) declared under `\(space.declaredUnder)`."))
            ])
        case .text:
            .object([
                ("type", .strings(["string", "number", "boolean"])), ("minLength", .integer(1)),
                ("maxLength", .integer(Int64(ValueLimits.textBytesMax))),
            ])
        case .boolean:
            .object([("enum", .array([.boolean(true), .boolean(false), .string("true"), .string("false")]))])
        case .date: .pattern(SchemaPattern.instant)
        case .day: .pattern(SchemaPattern.day)
        case .duration: .pattern("^[0-9]{1,9}(?:d|h|m|s|ms)$")
        case .integer(let range):
            .object([
                ("type", .strings(["integer", "string"])), ("minimum", .integer(range.lowerBound)),
                ("maximum", .integer(range.upperBound)), ("pattern", .string("^(?:0|-?[1-9][0-9]*)$")),
            ])
        case .quantity: .pattern("^\(SchemaPattern.number)(?:e(?:0|[1-9][0-9]?))? [A-Za-z][A-Za-z0-9/_-]{0,31}$")
        case .money: .pattern("^\(SchemaPattern.number)(?: million| billion)? [A-Z]{3}$")
        case .currency: .pattern("^[A-Z]{3}$")
        case .percentage: .pattern("^\(SchemaPattern.number)%$")
        case .timeZone: .pattern("^(?:UTC|[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)+)$")
        case .webAddress: .pattern("^https?://\\S+$", bytesMax: ValueLimits.textBytesMax)
        case .word(let words): .object([("enum", .strings(words))])
        case .pattern: SelectorSchema.pattern
        case .condition: .reference("condition")
        case .groundCondition: .reference("grounds")
        case .until: .reference("until")
        case .clause: .reference("clause")
        case .list(let item, let counts): .list(item.schema, counts, isUnique: item.isScalar)
        case .keyed(let value, let counts):
            .object([
                ("type", .string("object")), ("minProperties", .integer(Int64(counts.lowerBound))),
                ("maxProperties", .integer(Int64(counts.upperBound))),
                ("propertyNames", FieldShape.identifier.schema), ("additionalProperties", value.schema),
            ])
        case .entries(let key, let value):
            .object([
                ("type", .string("object")), ("propertyNames", key.schema), ("additionalProperties", value.schema),
            ])
        case .path: .token("^[^~$][^$]*$")
        case .size: .token("^[0-9]{1,9}(?:B|KiB|MiB|GiB)$")
        case .token(_, _, let pattern): .token(pattern)
        case .either(let shapes): .object([("anyOf", .array(shapes.map(\.schema)))])
        case .mapping(let table): .reference(table.definitionName)
        case .form(let words): .object([("$comment", .string(words))])
        }
    }

    /// The tables of mappings that the shape is made of, those inside others too.
    var tables: [FieldTable] {
        switch self {
        case .mapping(let table): [table] + table.fields.flatMap { $0.shape.tables }
        case .list(let item, _): item.tables
        case .keyed(let value, _), .entries(_, let value): value.tables
        case .either(let shapes): shapes.flatMap(\.tables)
        default: []
        }
    }

    /// Whether the reader refuses the same value twice in a list of such values.
    private var isScalar: Bool {
        switch self {
        case .mapping, .keyed, .entries, .list, .clause, .condition: false
        default: true
        }
    }
}

extension FieldTable {
    /// The name of the definition, such as `cap` for "a cap".
    var definitionName: String {
        name.filter { $0 != "`" }.split(separator: " ").filter { !["a", "an", "the"].contains($0) }
            .joined(separator: "-")
    }

    /// A mapping with these keys and no others.
    var schema: SchemaNode {
        let required = fields.filter(\.isRequired).map(\.name)
        var members: [(name: String, value: SchemaNode)] = [
            ("title", .string(name)), ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ]
        if !required.isEmpty { members.append(("required", .strings(required))) }
        members.append(("properties", .object(fields.map { ($0.name, $0.schema) })))
        let conditions = alternatives.map(\.schema) + rules.map(\.schema)
        if !conditions.isEmpty { members.append(("allOf", .array(conditions))) }
        return .object(members)
    }
}

extension FieldTable.Alternatives {
    /// That one of the keys may be written, or must be.
    fileprivate var schema: SchemaNode {
        let each = names.map { SchemaNode.object([("required", .strings([$0]))]) }
        guard !isRequired else { return .object([("oneOf", .array(each))]) }
        let none = SchemaNode.object([("not", .object([("anyOf", .array(each))]))])
        return .object([("oneOf", .array(each + [none]))])
    }
}

extension FieldTable.Rule {
    /// That the word under the key asks for some keys and refuses others.
    fileprivate var schema: SchemaNode {
        let isWord = SchemaNode.object([
            ("properties", .object([(key, .object([("const", .string(word))]))])), ("required", .strings([key])),
        ])
        let refused = refuses.map { ($0, SchemaNode.boolean(false)) }
        let then: [(name: String, value: SchemaNode)] =
            (requires.isEmpty ? [] : [("required", .strings(requires))])
            + (refused.isEmpty ? [] : [("properties", .object(refused))])
        return .object([("if", isWord), ("then", .object(then))])
    }
}

extension FieldDescription {
    /// The key's value, with what it means and what a missing key means.
    fileprivate var schema: SchemaNode {
        shape.schema.adding(
            [("description", .string(Wording.capitalised(summary)))]
                + (written.flatMap { isWordsAboutDefault ? nil : [("default", SchemaNode(written: $0))] } ?? []))
    }

    /// Whether the default is told in words where a number would be written.
    private var isWordsAboutDefault: Bool {
        if case .integer = shape { return written.flatMap { Int64($0) } == nil }
        return false
    }
}

extension SchemaNode {
    /// A text of a pattern.
    static func pattern(_ pattern: String, bytesMax: Int? = nil) -> SchemaNode {
        .object(
            [("type", .string("string")), ("pattern", .string(pattern))]
                + (bytesMax.map { [("maxLength", .integer(Int64($0)))] } ?? []))
    }

    /// A scalar of a form; editors take it for a number or a truth where it looks like one.
    fileprivate static func token(_ pattern: String) -> SchemaNode {
        .object([("type", .strings(["string", "number", "boolean"])), ("pattern", .string(pattern))])
    }

    /// A list of so many values.
    static func list(_ item: SchemaNode, _ counts: ClosedRange<Int>, isUnique: Bool) -> SchemaNode {
        .object(
            [
                ("type", .string("array")), ("minItems", .integer(Int64(counts.lowerBound))),
                ("maxItems", .integer(Int64(counts.upperBound))), ("items", item),
            ] + (isUnique ? [("uniqueItems", .boolean(true))] : []))
    }

    /// A default as it is written in the file.
    fileprivate init(written text: String) {
        let node = StrictYAML.read(Array(text.utf8), file: "default").root
        self = node.map { SchemaNode(of: $0) } ?? .string(text)
    }

    private init(of node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.text {
            case "true": self = .boolean(true)
            case "false": self = .boolean(false)
            default: self = Int64(scalar.text).map { .integer($0) } ?? .string(scalar.text)
            }
        case .sequence(let items): self = .array(items.map { SchemaNode(of: $0) })
        case .mapping(let entries): self = .object(entries.map { ($0.key, SchemaNode(of: $0.value)) })
        }
    }
}
