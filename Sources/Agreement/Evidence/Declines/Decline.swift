// SPDX-License-Identifier: Apache-2.0

/// A cloud's answer, or silence, to a request to support a feature.
package struct Decline: Sendable, Equatable {
    package var cloud: String
    /// The features that were declined; not empty.
    package var features: FeatureSet
    /// The models that it is about; empty means all.
    package var models: [String]
    /// When support was asked for; `nil` where the record does not say.
    package var requested: Instant?
    /// When the cloud answered; `nil` while it is silent.
    package var answered: Instant?
    /// Until when the answer holds.
    package var until: Instant

    package init(
        cloud: String, features: FeatureSet, models: [String], requested: Instant?, answered: Instant?, until: Instant
    ) {
        self.cloud = cloud
        self.features = features
        self.models = models
        self.requested = requested
        self.answered = answered
        self.until = until
    }
}
