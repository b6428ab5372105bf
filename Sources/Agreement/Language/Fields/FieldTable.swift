// SPDX-License-Identifier: Apache-2.0

/// The keys of a mapping, in the order in which they are documented.
package struct FieldTable: Sendable {
    /// What the mapping is, with an article, as in "a clause of the kind `decline`"; diagnostics begin with it.
    package let name: String
    package let fields: [FieldDescription]
    /// The keys.
    package let names: [String]
    /// Sets of keys of which one may be written.
    package let alternatives: [Alternatives]

    /// Keys of which one may be written.
    package struct Alternatives: Sendable {
        package let names: [String]
        /// Whether one of them must be.
        package let isRequired: Bool

        package init(_ names: [String], isRequired: Bool = false) {
            self.names = names
            self.isRequired = isRequired
        }
    }

    /// What the value of one key asks of the others, for the published schema; readers tell it in words of their own.
    package let rules: [Rule]

    /// What a word under one key asks of other keys.
    package struct Rule: Sendable {
        package let key: String
        package let word: String
        package let requires: [String]
        package let refuses: [String]

        package init(where key: String, is word: String, requires: [String] = [], refuses: [String] = []) {
            self.key = key
            self.word = word
            self.requires = requires
            self.refuses = refuses
        }
    }

    package init(
        _ name: String, _ fields: [FieldDescription], alternatives: [Alternatives] = [], rules: [Rule] = []
    ) {
        self.name = name
        self.fields = fields
        self.alternatives = alternatives
        self.rules = rules
        names = fields.map(\.name)
    }

    /// The shape of the whole mapping.
    package var shape: FieldShape { .mapping(self) }

    /// The tables of the mappings inside the mapping.
    var parts: [FieldTable] { fields.flatMap { $0.shape.tables } }

    /// The type of mappings with these keys.
    package func type<Value: Sendable>(
        _ read: @escaping @Sendable (MappingReading) -> Value?
    ) -> ValueType<Value> {
        ValueType<Value>(shape) { node, context in
            guard let mapping = MappingReading(node, self, context) else { return nil }
            return read(mapping)
        }
    }
}
