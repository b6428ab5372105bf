// SPDX-License-Identifier: Apache-2.0

/// A value of a JSON document whose members keep their order.
indirect enum SchemaNode: Sendable {
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    case array([SchemaNode])
    case object([(name: String, value: SchemaNode)])

    /// An array of texts.
    static func strings(_ texts: [String]) -> SchemaNode {
        .array(texts.map { .string($0) })
    }

    /// A reference to a definition of the same document.
    static func reference(_ definition: String) -> SchemaNode {
        .object([("$ref", .string("#/$defs/\(definition)"))])
    }

    /// The members of an object with some added; any other value unchanged.
    func adding(_ members: [(name: String, value: SchemaNode)]) -> SchemaNode {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }

    /// The document's text, indented by two spaces a level.
    func text(indentation: String = "") -> String {
        let inner = indentation + "  "
        switch self {
        case .string(let text):
            return JSONText.quoted(text)
        case .integer(let number):
            return String(number)
        case .boolean(let truth):
            return truth ? "true" : "false"
        case .array(let items):
            let isShort = items.allSatisfy { if case .string = $0 { true } else { false } }
            let texts = items.map { $0.text(indentation: inner) }
            let line = "[" + texts.joined(separator: ", ") + "]"
            guard !isShort || line.utf8.count > 100, !items.isEmpty else { return line }
            return "[\n" + texts.map { inner + $0 }.joined(separator: ",\n") + "\n\(indentation)]"
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let texts = members.map { "\(inner)\(JSONText.quoted($0.name)): \($0.value.text(indentation: inner))" }
            return "{\n" + texts.joined(separator: ",\n") + "\n\(indentation)}"
        }
    }
}
