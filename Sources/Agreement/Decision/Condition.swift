// SPDX-License-Identifier: Apache-2.0

/// A condition on a workload: the tiny total language of selectors.
package indirect enum Condition: Sendable, Equatable {
    /// Every workload.
    case always
    /// The dimension's value is one of the patterns.
    case value(Dimension, [ValuePattern])
    /// The surface is one of these.
    case surface([Surface])
    /// The request needs at least one of these features.
    case feature(FeatureSet)
    case allOf([Condition])
    case anyOf([Condition])
    case not(Condition)
}

/// What one value of a dimension is compared with.
package enum ValuePattern: Sendable, Equatable {
    /// Every value, also none.
    case any
    /// A value that no selector of the agreement names.
    case other
    /// This value.
    case exactly(String)
    /// Every value that begins so; written with one `*` at the end.
    case prefix(String)
}
