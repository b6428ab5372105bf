// SPDX-License-Identifier: Apache-2.0

extension ValueType {
    /// This type, or a word that stands for a value, so that also that value can be written.
    package func orWord(_ word: String, _ value: Value) -> ValueType<Value> {
        ValueType<Value>(.either([.word([word]), shape])) { node, context in
            node.text == word ? value : read(node, context)
        }
    }
}
