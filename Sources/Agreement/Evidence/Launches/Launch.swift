// SPDX-License-Identifier: Apache-2.0

/// A model became generally available on a cloud.
package struct Launch: Sendable, Equatable {
    package var cloud: String
    package var model: String
    /// The instant of general availability.
    package var at: Instant

    package init(cloud: String, model: String, at: Instant) {
        self.cloud = cloud
        self.model = model
        self.at = at
    }
}
