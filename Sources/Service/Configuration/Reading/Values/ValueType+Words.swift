// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType where Value == Enforcement {
    /// `observe` or `enforce`.
    static var enforcement: ValueType<Enforcement> {
        oneOf(Enforcement.allCases.map { ($0.name, $0) })
    }
}

extension ValueType where Value == Lane {
    /// `reserved` or `on-demand`.
    static var lane: ValueType<Lane> {
        oneOf(Lane.allCases.map { ($0.name, $0) })
    }
}

extension ValueType where Value == FeatureSet {
    /// The name of a feature.
    static var feature: ValueType<FeatureSet> {
        oneOf(FeatureSet.names.compactMap { name in FeatureSet(name: name).map { (name, $0) } })
    }

    /// The name of an operation of the API.
    static var operation: ValueType<FeatureSet> {
        oneOf(FeatureSet.namesOfOperations.compactMap { name in FeatureSet(operation: name).map { (name, $0) } })
    }
}
