// SPDX-License-Identifier: Apache-2.0

/// A class of values of a dimension that no selector can tell apart.
struct Atom: Sendable, Hashable {
    /// What the class is.
    enum Kind: Sendable, Hashable {
        /// A value that nobody names, or none.
        case other
        /// One value.
        case exactly
        /// The values with a beginning, without those that another class holds.
        case prefix(String)
    }

    let kind: Kind
    /// A value of the class, as a request would have it; empty for a value that nobody names.
    let value: String

    /// The class as an agreement would write it.
    var words: String {
        switch kind {
        case .other: "other"
        case .exactly: value
        case .prefix(let text): text + "*"
        }
    }

    /// Whether every value of the class begins so.
    func begins(with prefix: String) -> Bool {
        switch kind {
        case .other: false
        case .exactly: value.hasPrefix(prefix)
        case .prefix(let text): text.hasPrefix(prefix)
        }
    }

    /// The classes that some patterns make: `other` first, then by name.
    static func classes(of patterns: [ValuePattern]) -> [Atom] {
        var values: Set<String> = []
        var prefixes: Set<String> = []
        for pattern in patterns {
            switch pattern {
            case .exactly(let text): values.insert(text)
            case .prefix(let text): prefixes.insert(text)
            case .any, .other: break
            }
        }
        let named = values.sorted().map { Atom(kind: .exactly, value: $0) }
        let sorted = prefixes.sorted()
        let beginnings = sorted.indices.compactMap { index -> Atom? in
            // What begins with a prefix stands right behind it.
            let longer = sorted[(index + 1)...].prefix { $0.hasPrefix(sorted[index]) }
            return representative(of: sorted[index], values: values, longer: longer).map {
                Atom(kind: .prefix(sorted[index]), value: $0)
            }
        }
        return [Atom(kind: .other, value: "")] + (named + beginnings).sorted { $0.words < $1.words }
    }

    /// A value with this beginning that neither stands alone nor begins with a longer prefix; `nil` where other classes
    /// hold them all.
    private static func representative(
        of prefix: String, values: Set<String>, longer: ArraySlice<String>
    ) -> String? {
        func isFree(_ text: String) -> Bool {
            !values.contains(text) && !longer.contains { text.hasPrefix($0) }
        }
        if isFree(prefix) { return prefix }
        let letters = (UInt8(0x21)...0x7E).filter { $0 != UInt8(ascii: "*") }.map { String(UnicodeScalar($0)) }
            .sorted { ($0.first?.isLetter ?? false ? 0 : 1, $0) < ($1.first?.isLetter ?? false ? 0 : 1, $1) }
        for letter in letters where !longer.contains(where: { (prefix + letter).hasPrefix($0) }) {
            // Nothing longer takes this way all: it goes on until it has passed every value that stands alone.
            var text = prefix + letter
            for _ in 0...values.count + longer.count {
                if isFree(text) { return text }
                text += text.hasSuffix("x") ? "y" : "x"
            }
        }
        return nil
    }
}
