// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == GroundCondition {
    /// The grounds that evidence can establish.
    static var words: [Ground] { [.capacity, .declined, .outage] }

    /// A ground, or `all_of` or `any_of` over conditions on grounds.
    package static var groundCondition: ValueType<GroundCondition> {
        ValueType(.groundCondition) { node, context in read(node, context) }
    }

    private static func read(_ node: YAMLNode, _ context: ReadingContext) -> GroundCondition? {
        switch node.content {
        case .scalar(let scalar):
            return readGround(scalar.text, node, context)
        case .sequence:
            context.error(
                .ambiguousList, at: node.place, offending: node.summary,
                message: "a bare list does not say whether one ground is enough or all are needed",
                expected: "`any_of: [...]` or `all_of: [...]`",
                mend: "read the paper again: write `any_of` where it says \"or\", `all_of` where it says \"and\"")
            return nil
        case .mapping(let entries):
            guard entries.count == 1, let entry = entries.first, ["any_of", "all_of"].contains(entry.key),
                let items = entry.value.items, !items.isEmpty
            else {
                context.wrongShape(node, expected: groundCondition.shape)
                return nil
            }
            let parts = items.map { read($0, context) }
            guard !parts.contains(where: { $0 == nil }) else { return nil }
            return entry.key == "any_of" ? .anyOf(parts.compactMap { $0 }) : .allOf(parts.compactMap { $0 })
        }
    }

    private static func readGround(_ text: String, _ node: YAMLNode, _ context: ReadingContext) -> GroundCondition? {
        if let ground = words.first(where: { $0.name == text }) { return .ground(ground) }
        if let other = Ground.allCases.first(where: { $0.name == text }) {
            context.error(
                .notAGround, at: node.place, offending: text,
                message: "no evidence establishes `\(other.name)`: it follows from the clauses themselves",
                expected: FieldShape.word(words.map(\.name)).expectation,
                mend: other == .carveOut
                    ? "write the carve-out under `carve_outs` of the clause that it lifts"
                    : "narrow `applies_to` of the clause instead")
            return nil
        }
        _ = WordReading.read(node, among: words.map(\.name), context)
        return nil
    }
}
