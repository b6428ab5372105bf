// SPDX-License-Identifier: Apache-2.0

/// The parts of the schema that refer to themselves: selectors, grounds and the ends of periods.
enum SelectorSchema {
    private static let counts = 1...ValueLimits.listItemsMax

    /// A value of a dimension, with one `*` at its end at most.
    static var pattern: SchemaNode {
        .object([
            ("type", .strings(["string", "number", "boolean"])),
            (
                "pattern",
                .string(
                    "^(?:[!-)+-~]{1,\(ValueLimits.patternBytesMax)}|[!-)+-~]{1,\(ValueLimits.patternBytesMax - 1)}\\*)$"
                )
            ),
        ])
    }

    /// A selector: dimensions with their values, and `all_of`, `any_of`, `not`.
    static var condition: SchemaNode {
        let dimensions = Dimension.allCases.map { ($0.name, membership(pattern)) }
        let surfaces = ["api", "any"] + Surface.allCases.map(\.name)
        let parts = SchemaNode.list(.reference("condition"), counts, isUnique: false)
        return .object([
            ("title", .string("a selector of workloads")), ("type", .string("object")), ("minProperties", .integer(1)),
            ("additionalProperties", .boolean(false)),
            (
                "properties",
                .object(
                    dimensions + [
                        ("surface", membership(.object([("enum", .strings(surfaces))]))),
                        ("features", membership(.object([("enum", .strings(FeatureSet.names))]))), ("all_of", parts),
                        ("any_of", parts), ("not", .reference("condition")),
                    ])
            ),
        ])
    }

    /// A value, a list of values, `{in: […]}` or `{not_in: […]}`.
    private static func membership(_ value: SchemaNode) -> SchemaNode {
        let list = SchemaNode.list(value, counts, isUnique: true)
        return .object([
            (
                "anyOf",
                .array([
                    value, list,
                    .object([
                        ("type", .string("object")), ("minProperties", .integer(1)),
                        ("additionalProperties", .boolean(false)),
                        ("properties", .object([("in", list), ("not_in", list)])),
                    ]),
                ])
            )
        ])
    }

    /// A ground, or `any_of` or `all_of` over conditions on grounds.
    static var groundCondition: SchemaNode {
        let parts = SchemaNode.object([
            ("type", .string("array")), ("minItems", .integer(1)), ("items", .reference("grounds")),
        ])
        return .object([
            ("title", .string("a condition on grounds")),
            (
                "anyOf",
                .array([
                    .object([("enum", .strings(ValueType<GroundCondition>.words.map(\.name)))]),
                    only("any_of", parts), only("all_of", parts),
                ])
            ),
        ])
    }

    /// A date, `{event: …}`, `{earliest_of: […]}` or `{latest_of: […]}`; inside the last two also `{through: …}`.
    static func until(isNested: Bool) -> SchemaNode {
        let parts = SchemaNode.list(.reference("nested-until"), counts, isUnique: false)
        let forms = [
            FieldShape.date.schema, only("event", FieldShape.reference(.event).schema), only("earliest_of", parts),
            only("latest_of", parts),
        ]
        return .object([
            ("title", .string("the end of a period")),
            ("anyOf", .array(forms + (isNested ? [only("through", FieldShape.day.schema)] : []))),
        ])
    }

    /// A mapping with one key.
    private static func only(_ key: String, _ value: SchemaNode) -> SchemaNode {
        .object([
            ("type", .string("object")), ("additionalProperties", .boolean(false)), ("required", .strings([key])),
            ("properties", .object([(key, value)])),
        ])
    }
}
