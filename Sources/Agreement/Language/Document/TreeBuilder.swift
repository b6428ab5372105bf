// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// Runs the YAML parser over a scanned text and builds the tree of nodes with their places.
struct TreeBuilder {
    private let source: SourceText
    private(set) var diagnostics: [Diagnostic] = []
    /// The text that the parser is given; differs from the source in renamed duplicate keys alone.
    private var text: String
    /// What renamed keys were called, by their place.
    private var renamed: [Place: String] = [:]
    private var nodes = 0

    init(_ source: SourceText) {
        self.source = source
        text = String(decoding: source.bytes, as: UTF8.self)
    }

    /// The root; `nil` after a syntax error, and for a file without content.
    mutating func build() -> YAMLNode? {
        // Yams refuses a mapping with a duplicate key and names one of its places. To tell both places, and everything
        // else that is wrong, the first of the two is renamed in place and the text is parsed again.
        for _ in 0...DocumentLimits.duplicateKeysMax {
            do {
                let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    report(
                        .emptyFile, at: .start, offending: "", message: "the file is empty", expected: "a mapping",
                        mend: "write the first key")
                    return nil
                }
                let node = withExtendedLifetime(parser) { convert(root) }
                return node
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let name = names.first ?? ""
                let place = Place(line: context.mark.line, column: context.mark.column)
                guard rename(name, at: place) else {
                    reportDuplicate(name, at: place, first: nil)
                    return nil
                }
            } catch let error as YamlError {
                diagnostics.append(SyntaxTranslation.diagnostic(for: error, in: source))
                return nil
            } catch {
                report(
                    .yamlSyntax, at: .start, offending: "", message: "the parser failed: \(error)",
                    expected: "a YAML document", mend: "look for the fault in the file as a whole")
                return nil
            }
        }
        report(
            .tooManyDiagnostics, at: .start, offending: "", message: "the file holds too many duplicate keys",
            expected: "each key once in its mapping", mend: "mend those that you find first")
        return nil
    }

    // MARK: Duplicate keys

    /// Gives the key at a place a name that no file holds, without moving what follows.
    private mutating func rename(_ name: String, at place: Place) -> Bool {
        var scalars = Array(text.unicodeScalars)
        var offset = 0
        var line = 1
        while line < place.line, offset < scalars.count {
            if scalars[offset] == "\n" { line += 1 }
            offset += 1
        }
        offset += place.column - 1
        if offset < scalars.count, scalars[offset] == "\"" || scalars[offset] == "'" { offset += 1 }
        guard offset < scalars.count, let first = name.unicodeScalars.first, scalars[offset] == first,
            let stranger = Unicode.Scalar(0x10_0000 + UInt32(renamed.count))
        else { return false }
        scalars[offset] = stranger
        var changed = String.UnicodeScalarView()
        changed.append(contentsOf: scalars)
        text = String(changed)
        renamed[place] = name
        return true
    }

    private mutating func reportDuplicate(_ name: String, at place: Place, first: Place?) {
        let before = first.map { "at line \($0.line), column \($0.column)" } ?? "in the same mapping"
        report(
            .duplicateKey, at: place, offending: name, message: "the key is already written \(before)",
            expected: "each key once in its mapping", mend: "delete one of the two, or merge them")
    }

    // MARK: Nodes

    private static let impliedTags: Set<String> = [
        "", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
    ]

    private mutating func convert(_ node: Node) -> YAMLNode? {
        let mark = node.mark
        let place = Place(line: mark?.line ?? 1, column: mark?.column ?? 1)
        nodes += 1
        // The scan has refused these and counted the values; should it miss one, this still bounds the tree.
        guard node.anchor == nil, Self.impliedTags.contains(node.tag.description),
            nodes <= DocumentLimits.canonicalNodesMax
        else {
            report(
                .anchor, at: place, offending: "", message: "anchors, aliases and tags are not used here",
                expected: "a value", mend: "write the value out where it is needed")
            return nil
        }
        switch node {
        case .scalar(let scalar):
            return convert(scalar, at: place)
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence {
                if let converted = convert(item) { items.append(converted) }
            }
            return YAMLNode(.sequence(items), at: place)
        case .mapping(let mapping):
            return convert(mapping, at: place)
        case .alias:
            return nil
        }
    }

    private mutating func convert(_ scalar: Node.Scalar, at place: Place) -> YAMLNode {
        let isControl: (Unicode.Scalar) -> Bool = {
            ($0.value < 0x20 && $0 != "\n" && $0 != "\t") || (0x7F..<0xA0).contains($0.value)
        }
        if let control = scalar.string.unicodeScalars.first(where: isControl) {
            report(
                .controlCharacter, at: place, offending: scalar.string,
                message: "an escape stands for the control character U+" + String(control.value, radix: 16),
                expected: "printable characters, tabs and line breaks", mend: "delete the escape")
        }
        return YAMLNode(.scalar(.init(text: scalar.string, isPlain: scalar.style == .plain)), at: place)
    }

    private mutating func convert(_ mapping: Node.Mapping, at place: Place) -> YAMLNode {
        var entries: [YAMLNode.Entry] = []
        var places: [String: Place] = [:]
        for (keyNode, valueNode) in mapping {
            let keyMark = keyNode.mark
            let keyPlace = Place(line: keyMark?.line ?? place.line, column: keyMark?.column ?? place.column)
            guard let key = renamed[keyPlace] ?? keyNode.scalar?.string, !key.isEmpty else {
                report(
                    .complexKey, at: keyPlace, offending: "", message: "the key is no text", expected: "a key",
                    mend: "write `key: value`")
                continue
            }
            if let first = places[key] {
                reportDuplicate(key, at: keyPlace, first: first)
                continue
            }
            places[key] = keyPlace
            guard let value = convert(valueNode) else { continue }
            entries.append(YAMLNode.Entry(key: key, keyPlace: keyPlace, value: value))
        }
        return YAMLNode(.mapping(entries), at: place)
    }

    private mutating func report(
        _ code: DiagnosticCode, at place: Place, offending: String, message: String, expected: String, mend: String
    ) {
        diagnostics.append(
            Diagnostic(
                .error, code, in: source, at: place, offending: offending, message: message, expected: expected,
                mend: mend))
    }
}
