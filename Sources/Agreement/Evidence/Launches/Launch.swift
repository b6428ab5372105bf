// SPDX-License-Identifier: Apache-2.0

/// A model reached a milestone on a cloud.
package struct Launch: Sendable, Equatable {
    /// How far the model has come; a `launch-first` clause says which of them is the launch.
    package enum Milestone: UInt8, Sendable, CaseIterable {
        /// Everybody may use it.
        case generalAvailability
        /// Chosen customers may use it.
        case preview
        /// The first request was billed to a customer.
        case firstBillableRequest
        /// The cloud was handed what it needs to launch it; its own delay counts from then.
        case handedOver

        /// The name as written.
        package var name: String {
            switch self {
            case .generalAvailability: "general-availability"
            case .preview: "preview"
            case .firstBillableRequest: "first-billable-request"
            case .handedOver: "handed-over"
            }
        }
    }

    package var cloud: String
    package var model: String
    package var milestone: Milestone
    /// The instant of the milestone.
    package var at: Instant

    package init(cloud: String, model: String, milestone: Milestone = .generalAvailability, at: Instant) {
        self.cloud = cloud
        self.model = model
        self.milestone = milestone
        self.at = at
    }
}
