// SPDX-License-Identifier: Apache-2.0

/// An operator's order to place requests against the terms, for a while.
package struct PlacementOverride: Sendable, Equatable {
    /// The longest an override may last, in milliseconds: 24 hours.
    package static let durationMaxMilliseconds: Int64 = 86_400_000

    /// The cloud to which requests go.
    package var cloud: String
    /// The product that it is about; `nil` means all.
    package var product: String?
    /// The model that it is about; `nil` means all.
    package var model: String?
    package var from: Instant
    package var until: Instant
    package var reason: String

    package init(cloud: String, product: String?, model: String?, from: Instant, until: Instant, reason: String) {
        self.cloud = cloud
        self.product = product
        self.model = model
        self.from = from
        self.until = until
        self.reason = reason
    }
}
