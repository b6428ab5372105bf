// SPDX-License-Identifier: Apache-2.0

/// One value in a selector.
enum SelectorValue {
    case pattern(ValuePattern)
    case surfaces([Surface])
    case feature(FeatureSet)

    /// Reads a value, `any`, `other`, or the beginning of a value and `*`.
    static func pattern(_ node: YAMLNode, _ context: ReadingContext) -> SelectorValue? {
        guard let text = node.text, !node.isMissing else {
            context.wrongShape(node, expected: .pattern)
            return nil
        }
        if text == "any" { return .pattern(.any) }
        if text == "other" { return .pattern(.other) }
        let isPrintable = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPrintable, (1...ValueLimits.patternBytesMax).contains(text.utf8.count) else {
            context.error(
                .invalidPattern, at: node.place, offending: text, message: "no value of a dimension is written so",
                expected: "1 to \(ValueLimits.patternBytesMax) ASCII characters without spaces",
                mend: "write the value as the gateway's keys and models have it")
            return nil
        }
        guard let star = text.firstIndex(of: "*") else { return .pattern(.exactly(text)) }
        guard star == text.indices.last, text.count > 1 else {
            context.error(
                .invalidPattern, at: node.place, offending: text,
                message: text == "*" ? "`*` alone is not a value" : "`*` may stand at the end alone, once",
                expected: FieldShape.pattern.expectation,
                mend: text == "*" ? "write `any`" : "list the values, or shorten the pattern to one beginning")
            return nil
        }
        return .pattern(.prefix(String(text[..<star])))
    }

    /// Reads a surface; `api` stands for both kinds of API.
    static func surface(_ node: YAMLNode, _ context: ReadingContext) -> SelectorValue? {
        let words = ["api", "any"] + Surface.allCases.map(\.name)
        guard let text = WordReading.read(node, among: words, context) else { return nil }
        switch text {
        case "any": return .surfaces(Surface.allCases)
        case "api": return .surfaces([.statelessAPI, .statefulAPI])
        default: return .surfaces(Surface.allCases.filter { $0.name == text })
        }
    }

    /// Reads the name of a feature.
    static func feature(_ node: YAMLNode, _ context: ReadingContext) -> SelectorValue? {
        guard let text = WordReading.read(node, among: FeatureSet.names, context) else { return nil }
        return FeatureSet(name: text).map { .feature($0) }
    }

    /// The condition that one of the values holds.
    static func condition(_ values: [SelectorValue], key: String) -> Condition {
        var patterns: [ValuePattern] = []
        var surfaces: Set<Surface> = []
        var features: FeatureSet = []
        for value in values {
            switch value {
            case .pattern(let pattern): patterns.append(pattern)
            case .surfaces(let some): surfaces.formUnion(some)
            case .feature(let feature): features.formUnion(feature)
            }
        }
        if !features.isEmpty { return .feature(features) }
        if !surfaces.isEmpty {
            return surfaces.count == Surface.allCases.count
                ? .always : .surface(Surface.allCases.filter(surfaces.contains))
        }
        guard !patterns.contains(.any), let dimension = Dimension.allCases.first(where: { $0.name == key }) else {
            return .always
        }
        return .value(dimension, patterns)
    }
}
