// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads `derivatives`: the base of each model that is derived from another.
struct DerivativeReading: Sendable {
    var model: String
    var modelPlace: Place
    var base: String
    var basePlace: Place

    /// A mapping from models to their bases, in the order of the file.
    static var type: ValueType<[DerivativeReading]> {
        let name = ValueType<String>.dimensionName
        let shape = FieldShape.entries(name.shape, name.shape)
        return ValueType<[DerivativeReading]>(shape) { node, context in
            guard let entries = node.entries else {
                context.wrongShape(node, expected: shape)
                return nil
            }
            return entries.compactMap { entry in
                let key = YAMLNode(.scalar(.init(text: entry.key, isPlain: false)), at: entry.keyPlace)
                let model = name.read(key, context)
                let base = name.read(entry.value, context)
                guard let model, let base else { return nil }
                return DerivativeReading(
                    model: model, modelPlace: entry.keyPlace, base: base, basePlace: entry.value.place)
            }
        }
    }
}
