// SPDX-License-Identifier: Apache-2.0

extension ValueType {
    /// This type, or a word that stands for no value.
    package func orNothing(_ word: String) -> ValueType<Value?> {
        ValueType<Value?>(.either([.word([word]), shape])) { node, context in
            if node.text == word { return .some(nil) }
            return read(node, context).map { .some($0) }
        }
    }
}
