// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == Condition {
    /// A selector: dimensions with their values, which must all match, and `all_of`, `any_of`, `not`.
    package static var condition: ValueType<Condition> {
        ValueType(.condition) { node, context in readCondition(node, context) }
    }

    private static var keys: [String] {
        Dimension.allCases.map(\.name) + ["surface", "features", "all_of", "any_of", "not"]
    }

    private static func readCondition(_ node: YAMLNode, _ context: ReadingContext) -> Condition? {
        guard let entries = node.entries, !entries.isEmpty else {
            context.wrongShape(node, expected: .condition)
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            context.error(
                .unknownKey, at: entry.keyPlace, offending: entry.key, message: "no dimension is called so",
                expected: "one of \(FieldShape.quoted(keys))",
                mend: Resemblance.nearest(to: entry.key, among: keys).map { "did you mean `\($0)`?" }
                    ?? "write one of the dimensions above")
        }
        // In the order of the dimensions, not of the file, so that the order of keys means nothing.
        var parts: [Condition?] = []
        for key in keys {
            guard let entry = node.entry(key) else { continue }
            parts.append(readPart(key, entry.value, context))
        }
        guard parts.count == entries.count, !parts.contains(where: { $0 == nil }) else { return nil }
        let conditions = parts.compactMap { $0 }.filter { $0 != .always }
        return conditions.isEmpty ? .always : conditions.count == 1 ? conditions[0] : .allOf(conditions)
    }

    private static func readPart(_ key: String, _ node: YAMLNode, _ context: ReadingContext) -> Condition? {
        switch key {
        case "all_of": return readParts(node, context).map { .allOf($0) }
        case "any_of": return readParts(node, context).map { .anyOf($0) }
        case "not": return readCondition(node, context).map { .not($0) }
        default: break
        }
        return readMembership(node, context) { item in
            switch key {
            case "surface": SelectorValue.surface(item, context)
            case "features": SelectorValue.feature(item, context)
            default: SelectorValue.pattern(item, context)
            }
        } condition: { values in
            SelectorValue.condition(values, key: key)
        }
    }

    private static func readParts(_ node: YAMLNode, _ context: ReadingContext) -> [Condition]? {
        guard let items = node.items, (1...ValueLimits.listItemsMax).contains(items.count) else {
            context.wrongShape(node, expected: .list(.condition, counts: 1...ValueLimits.listItemsMax))
            return nil
        }
        let parts = items.map { readCondition($0, context) }
        return parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
    }

    /// A value, a list of values, `{in: […]}` or `{not_in: […]}`.
    private static func readMembership(
        _ node: YAMLNode, _ context: ReadingContext, item: (YAMLNode) -> SelectorValue?,
        condition: ([SelectorValue]) -> Condition
    ) -> Condition? {
        let shape = FieldShape.either([
            .pattern, .list(.pattern, counts: 1...ValueLimits.listItemsMax),
            .form("`in` or `not_in` with a list of values"),
        ])
        func values(_ node: YAMLNode) -> [SelectorValue]? {
            let items = node.items ?? [node]
            guard (1...ValueLimits.listItemsMax).contains(items.count), !node.isMissing else {
                context.wrongShape(node, expected: shape)
                return nil
            }
            ListReading.refuseRepeated(items, context)
            let read = items.map(item)
            return read.contains { $0 == nil } ? nil : read.compactMap { $0 }
        }
        guard let entries = node.entries else { return values(node).map(condition) }
        guard !entries.isEmpty, entries.allSatisfy({ ["in", "not_in"].contains($0.key) && $0.value.items != nil })
        else {
            context.wrongShape(node, expected: shape)
            return nil
        }
        var parts: [Condition] = []
        for key in ["in", "not_in"] {
            guard let entry = node.entry(key) else { continue }
            guard let read = values(entry.value) else { return nil }
            parts.append(key == "in" ? condition(read) : .not(condition(read)))
        }
        return parts.count == 1 ? parts[0] : .allOf(parts)
    }
}
