// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == Quantity {
    /// A number and a unit; nothing is no quantity to agree on, so that zero is refused.
    package static var quantity: ValueType<Quantity> {
        ValueType(.quantity) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .quantity)
                return nil
            }
            guard let quantity = Quantity(text: text), quantity.nanoUnits > 0 else {
                let isZero = Quantity(text: text) != nil
                context.error(
                    .invalidQuantity, at: node.place, offending: text,
                    message: isZero ? "the quantity is zero" : "the value is no quantity",
                    expected: FieldShape.quantity.expectation,
                    mend: isZero
                        ? "write a quantity above zero, or leave the term out"
                        : "write digits with at most nine decimals, without separators, one space, and the unit")
                return nil
            }
            return quantity
        }
    }
}
