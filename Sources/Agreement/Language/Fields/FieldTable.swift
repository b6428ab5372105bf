// SPDX-License-Identifier: Apache-2.0

/// The keys of a mapping, in the order in which they are documented.
package struct FieldTable: Sendable {
    /// What the mapping is, with an article, as in "a clause of the kind `decline`"; diagnostics begin with it.
    package let name: String
    package let fields: [FieldDescription]
    /// The keys.
    package let names: [String]

    package init(_ name: String, _ fields: [FieldDescription]) {
        self.name = name
        self.fields = fields
        names = fields.map(\.name)
    }

    /// The shape of the whole mapping.
    package var shape: FieldShape { .mapping(name: name, fields) }

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
