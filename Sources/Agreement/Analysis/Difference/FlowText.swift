// SPDX-License-Identifier: Apache-2.0

/// Writes a value of a file on one line, as YAML that reads back to the same value.
enum FlowText {
    static func text(of node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar): scalar.isPlain && scalar.text.isEmpty ? "" : text(of: scalar.text)
        case .sequence(let items): "[" + items.map(text).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(text(of: $0.key)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// A scalar: without quotes where nothing in it has a meaning in YAML.
    static func text(of scalar: String) -> String {
        let isPlain = scalar.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./".utf8.contains(byte)
            }
        }
        guard isPlain, let first = scalar.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else {
            return JSONText.quoted(scalar)
        }
        return scalar
    }
}
