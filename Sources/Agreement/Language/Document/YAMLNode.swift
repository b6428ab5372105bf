// SPDX-License-Identifier: Apache-2.0

/// A value of a YAML document, as written: no scalar is taken for anything but text.
package struct YAMLNode: Sendable {
    /// What the value is.
    package var content: Content
    /// Where it begins.
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// The three shapes of a value.
    package indirect enum Content: Sendable {
        case scalar(Scalar)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// A value without parts.
    package struct Scalar: Sendable {
        /// The text, after escapes and folding.
        package var text: String
        /// Whether it is written without quotes on its own line; `5` and `"5"` differ in nothing else.
        package var isPlain: Bool

        package init(text: String, isPlain: Bool) {
            self.text = text
            self.isPlain = isPlain
        }
    }

    /// A key of a mapping with its value.
    package struct Entry: Sendable {
        package var key: String
        package var keyPlace: Place
        package var value: YAMLNode

        package init(key: String, keyPlace: Place, value: YAMLNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// The text of a scalar; `nil` for mappings and lists.
    package var text: String? {
        if case .scalar(let scalar) = content { return scalar.text }
        return nil
    }

    /// The entries of a mapping; `nil` for everything else.
    package var entries: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }

    /// The items of a list; `nil` for everything else.
    package var items: [YAMLNode]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    /// Whether nothing was written, as in `key:`.
    package var isMissing: Bool {
        if case .scalar(let scalar) = content { return scalar.isPlain && scalar.text.isEmpty }
        return false
    }

    /// The entry with a key of a mapping.
    package func entry(_ key: String) -> Entry? {
        entries?.first { $0.key.utf8.elementsEqual(key.utf8) }
    }

    /// What was written, in a few words for a diagnostic.
    package var summary: String {
        switch content {
        case .scalar(let scalar): scalar.text
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
