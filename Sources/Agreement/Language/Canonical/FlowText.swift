// SPDX-License-Identifier: Apache-2.0

/// One line of YAML for each tree of values, with sorted keys, and quotes only where they are needed.
enum FlowText {
    /// The line; the strict reader reads it back to the same tree.
    static func text(of node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar):
            return text(of: scalar.text)
        case .sequence(let items):
            return "[" + items.map(text).joined(separator: ", ") + "]"
        case .mapping(let entries):
            let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + sorted.map { "\(text(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// A scalar or a key: without quotes where it stands for itself.
    static func text(of scalar: String) -> String {
        isPlain(scalar) ? scalar : JSONText.quoted(scalar)
    }

    /// Whether the text stands for itself without quotes, also between brackets.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isWord(first), text.utf8.last != UInt8(ascii: ":"),
            text.utf8.last != UInt8(ascii: " "), !text.contains(": "), text.utf8.count <= 80
        else { return false }
        return text.utf8.allSatisfy { isWord($0) || " _.-+*%/:".utf8.contains($0) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
