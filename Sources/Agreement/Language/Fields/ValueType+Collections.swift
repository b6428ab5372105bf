// SPDX-License-Identifier: Apache-2.0

extension ValueType {
    /// A list of so many items, all of this type.
    package func list(_ counts: ClosedRange<Int>) -> ValueType<[Value]> {
        let shape = FieldShape.list(self.shape, counts: counts)
        return ValueType<[Value]>(shape) { node, context in
            guard let items = node.items else {
                context.wrongShape(node, expected: shape)
                return nil
            }
            guard counts.contains(items.count) else {
                context.error(
                    .listSize, at: node.place, offending: "\(items.count) items",
                    message: items.isEmpty
                        ? "the list is empty"
                        : items.count < counts.lowerBound
                            ? "the list has too few items" : "the list has too many items",
                    expected: "\(counts.lowerBound) to \(counts.upperBound) items",
                    mend: items.isEmpty
                        ? "write an item, or delete the key"
                        : items.count < counts.lowerBound ? "write what is missing" : "split the list")
                return nil
            }
            let values = items.map { read($0, context) }
            ListReading.refuseRepeated(items, context)
            return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
        }
    }

    /// A mapping from identifiers of the author's own to values of this type, ordered by identifier.
    package func keyed(_ counts: ClosedRange<Int>) -> ValueType<[(id: String, value: Value)]> {
        let shape = FieldShape.keyed(self.shape, counts: counts)
        return ValueType<[(id: String, value: Value)]>(shape) { node, context in
            guard let entries = node.entries else {
                context.wrongShape(node, expected: shape)
                return nil
            }
            guard counts.contains(entries.count) else {
                context.error(
                    .listSize, at: node.place, offending: "\(entries.count) entries",
                    message: entries.isEmpty ? "the mapping is empty" : "the mapping has too many entries",
                    expected: "\(counts.lowerBound) to \(counts.upperBound) entries",
                    mend: entries.isEmpty ? "write an entry, or delete the key" : "split the agreement")
                return nil
            }
            var values: [(id: String, value: Value)] = []
            for entry in entries {
                let key = YAMLNode(.scalar(.init(text: entry.key, isPlain: false)), at: entry.keyPlace)
                let id = ValueType<String>.identifier.read(key, context)
                let value = read(entry.value, context)
                if let id, let value { values.append((id, value)) }
            }
            return values.sorted { $0.id < $1.id }
        }
    }
}
