// SPDX-License-Identifier: Apache-2.0

/// One text for each tree of values: JSON with sorted keys, every scalar a string, one value a line.
///
/// JSON is YAML, so that the reader reads it back to the same tree.
package enum CanonicalText {
    /// The text of a tree.
    static func text(of node: YAMLNode) -> String {
        var text = ""
        write(node, indentation: "", to: &text)
        return text + "\n"
    }

    /// The text of a whole agreement out of its parts.
    static func document(header: YAMLNode, instruments: [YAMLNode]) -> String {
        let list = YAMLNode(.sequence(instruments), at: .start)
        let entry = YAMLNode.Entry(key: "instruments", keyPlace: .start, value: list)
        let rest = (header.entries ?? []).filter { $0.key != entry.key }
        return text(of: YAMLNode(.mapping(rest + [entry]), at: .start))
    }

    private static func write(_ node: YAMLNode, indentation: String, to text: inout String) {
        let inner = indentation + " "
        switch node.content {
        case .scalar(let scalar):
            text += JSONText.quoted(scalar.text)
        case .sequence(let items):
            writeParts(items.map { ("", $0) }, between: ("[", "]"), inner, to: &text)
        case .mapping(let entries):
            let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            writeParts(
                sorted.map { (JSONText.quoted($0.key) + ": ", $0.value) }, between: ("{", "}"), inner, to: &text)
        }
    }

    private static func writeParts(
        _ parts: [(label: String, node: YAMLNode)], between brackets: (open: String, close: String),
        _ indentation: String, to text: inout String
    ) {
        text += brackets.open
        for (index, part) in parts.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indentation + part.label
            write(part.node, indentation: indentation, to: &text)
        }
        text += parts.isEmpty ? brackets.close : "\n" + indentation.dropLast() + brackets.close
    }
}
