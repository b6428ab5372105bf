// SPDX-License-Identifier: Apache-2.0

/// A cloud's answer that it supports features; it ends declines and silence about them.
package struct SupportAnswer: Sendable, Equatable {
    package var cloud: String
    /// The features that it supports; not empty.
    package var features: FeatureSet
    /// The models that it is about; empty means all.
    package var models: [String]
    /// From when it supports them.
    package var from: Instant

    package init(cloud: String, features: FeatureSet, models: [String], from: Instant) {
        self.cloud = cloud
        self.features = features
        self.models = models
        self.from = from
    }
}
