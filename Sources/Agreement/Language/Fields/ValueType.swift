// SPDX-License-Identifier: Apache-2.0

/// How the value of a field is read: its shape, and the reader that reports everything that does not fit.
package struct ValueType<Value: Sendable>: Sendable {
    /// What may be written.
    package let shape: FieldShape
    /// Reads a node; `nil` after at least one error was noted.
    package let read: @Sendable (YAMLNode, ReadingContext) -> Value?

    package init(_ shape: FieldShape, read: @escaping @Sendable (YAMLNode, ReadingContext) -> Value?) {
        self.shape = shape
        self.read = read
    }

    /// The type whose values are made from the values of this one.
    package func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> ValueType<Other> {
        ValueType<Other>(shape) { node, context in read(node, context).map(transform) }
    }
}
