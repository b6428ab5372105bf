// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == String {
    /// A name of lower-case letters, digits and single hyphens, beginning with a letter.
    package static var identifier: ValueType<String> {
        ValueType(.identifier) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .identifier)
                return nil
            }
            guard isIdentifier(text) else {
                context.error(
                    .invalidIdentifier, at: node.place, offending: text, message: "the name is no identifier",
                    expected: "lower-case letters, digits and single hyphens, beginning with a letter, at most "
                        + "\(ValueLimits.identifierBytesMax) characters",
                    mend: suggestion(for: text))
                return nil
            }
            return text
        }
    }

    /// A text for people.
    package static var text: ValueType<String> {
        ValueType(.text) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .text)
                return nil
            }
            guard text.utf8.count <= ValueLimits.textBytesMax, text.unicodeScalars.contains(where: isVisible) else {
                context.error(
                    .invalidText, at: node.place, offending: text,
                    message: text.utf8.count > ValueLimits.textBytesMax ? "the text is too long" : "the text is empty",
                    expected: "a text of 1 to \(ValueLimits.textBytesMax) bytes",
                    mend: text.utf8.count > ValueLimits.textBytesMax
                        ? "quote the sentence that matters" : "write the text, or delete the key")
                return nil
            }
            return text
        }
    }

    /// A name that the file declares in a name space.
    package static func reference(_ space: NameSpace) -> ValueType<String> {
        ValueType(.reference(space)) { node, context in
            guard let name = ValueType<String>.identifier.read(node, context) else { return nil }
            guard let names = context.declaredNames(in: space), !names.contains(name) else { return name }
            let near = Resemblance.nearest(to: name, among: names).map { "did you mean `\($0)`? Otherwise " } ?? ""
            context.error(
                .unknownName, at: node.place, offending: name, message: "no such \(space.noun) is declared",
                expected: names.isEmpty
                    ? "a \(space.noun) declared under `\(space.declaredUnder)`" : "one of \(FieldShape.quoted(names))",
                mend: near + "declare `\(name)` under `\(space.declaredUnder)`")
            return nil
        }
    }

    /// Whether a text is an identifier.
    package static func isIdentifier(_ text: String) -> Bool {
        guard text.utf8.count <= ValueLimits.identifierBytesMax, let first = text.utf8.first,
            (0x61...0x7A).contains(first), text.utf8.last != UInt8(ascii: "-"), !text.contains("--")
        else { return false }
        return text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
    }

    private static func suggestion(for text: String) -> String {
        let bytes = text.lowercased().utf8.map { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : UInt8(ascii: "-")
        }
        let words = bytes.split(separator: UInt8(ascii: "-")).map { String(decoding: $0, as: UTF8.self) }
        let name = words.joined(separator: "-")
        return isIdentifier(name) ? "write `\(name)`" : "choose a shorter name that begins with a letter"
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace
    }
}

extension ValueType where Value == Bool {
    /// `true` or `false`.
    package static var boolean: ValueType<Bool> {
        ValueType(.boolean) { node, context in
            switch node.text {
            case "true": return true
            case "false": return false
            case .some(let text) where !node.isMissing:
                context.error(
                    .unknownWord, at: node.place, offending: text, message: "the value is neither true nor false",
                    expected: FieldShape.boolean.expectation, mend: "write `true` or `false`; nothing else is a truth")
            default:
                context.wrongShape(node, expected: .boolean)
            }
            return nil
        }
    }
}

extension ValueType where Value == Int64 {
    /// A whole number within bounds, written in decimal digits.
    package static func integer(_ range: ClosedRange<Int64>) -> ValueType<Int64> {
        ValueType(.integer(range)) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .integer(range))
                return nil
            }
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            let isDecimal = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let isCanonical = digits == "0" || !digits.hasPrefix("0")
            guard isDecimal, isCanonical, let value = Int64(text), range.contains(value) else {
                context.error(
                    .invalidNumber, at: node.place, offending: text,
                    message: isDecimal && isCanonical ? "the number is out of range" : "the value is no whole number",
                    expected: FieldShape.integer(range).expectation,
                    mend: "write the number in decimal digits, without separators, leading zeros or a unit")
                return nil
            }
            return value
        }
    }

    /// A duration within bounds, in milliseconds.
    package static func duration(_ range: ClosedRange<Int64>) -> ValueType<Int64> {
        ValueType(.duration(range)) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .duration(range))
                return nil
            }
            guard let value = Duration.milliseconds(written: text), range.contains(value) else {
                let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
                context.error(
                    .invalidDuration, at: node.place, offending: text,
                    message: Duration.milliseconds(written: text) == nil
                        ? "the value is no duration" : "the duration is out of range",
                    expected: FieldShape.duration(range).expectation,
                    mend: isNumber
                        ? "add the unit: `\(text)s` for seconds"
                        : Duration.milliseconds(written: text) == nil
                            ? "write a number and a unit" : "write a duration within these bounds")
                return nil
            }
            return value
        }
    }
}

extension ValueType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of an enumeration.
    package static var word: ValueType<Value> {
        ValueType<Value>(.word(Value.allCases.map(\.rawValue))) { node, context in
            let words = Value.allCases.map(\.rawValue)
            guard let text = WordReading.read(node, among: words, context) else { return nil }
            return Value(rawValue: text)
        }
    }
}
