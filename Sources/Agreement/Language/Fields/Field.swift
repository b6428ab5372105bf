// SPDX-License-Identifier: Apache-2.0

/// One key of a mapping: declared once, and read, checked and documented from the declaration.
package struct Field<Value: Sendable>: Sendable {
    package let description: FieldDescription
    let type: ValueType<Value>
    let fallback: Value?

    /// A key that must be written.
    package static func required(_ name: String, _ type: ValueType<Value>, _ summary: String) -> Field<Value> {
        Field(
            description: FieldDescription(
                name: name, shape: type.shape, isRequired: true, written: nil, summary: summary),
            type: type, fallback: nil)
    }

    /// A key that may be left out, which then means nothing.
    package static func optional(_ name: String, _ type: ValueType<Value>, _ summary: String) -> Field<Value> {
        Field(
            description: FieldDescription(
                name: name, shape: type.shape, isRequired: false, written: nil, summary: summary),
            type: type, fallback: nil)
    }

    /// A key that may be left out, which then means a value; `written` is that value as it would be written.
    package static func defaulted(
        _ name: String, _ type: ValueType<Value>, to value: Value, written: String, _ summary: String
    ) -> Field<Value> {
        Field(
            description: FieldDescription(
                name: name, shape: type.shape, isRequired: false, written: written, summary: summary),
            type: type, fallback: value)
    }
}
