// SPDX-License-Identifier: Apache-2.0

/// Obliges products to be available on one cloud before any other.
package struct LaunchFirstClause: Sendable, Equatable {
    /// How much earlier the launch must be.
    package enum Lead: Sendable, Equatable {
        /// At least this many milliseconds earlier; 0 means strictly earlier.
        case milliseconds(Int64)
        /// At the same instant is enough.
        case sameInstant
    }

    /// Which recorded instant of a model on a cloud is its launch there.
    package enum Milestone: String, Sendable, CaseIterable {
        /// The announcement that everybody may use it.
        case generalAvailability = "general-availability"
        /// The opening to chosen customers.
        case preview
        /// The first request that is billed to a customer.
        case firstBillableRequest = "first-billable-request"
    }

    /// What holds for versions, fine-tunes and distillations of a model.
    package enum Derivatives: String, Sendable, CaseIterable {
        /// The launch of their base is theirs.
        case followBase = "follow-base"
        /// Each needs a launch of its own.
        case own
    }

    /// The cloud on which a model must be launched first.
    package var cloud: String
    package var lead: Lead
    /// What counts as launch.
    package var launch: Milestone
    package var derivatives: Derivatives
    /// When the embargo on other clouds falls without a launch; never where the file names nothing.
    package var exception: GroundCondition
    /// How many milliseconds after a model was handed over the cloud's own delay lifts the embargo; `nil`: never.
    package var cureMilliseconds: Int64?

    package init(
        cloud: String, lead: Lead, launch: Milestone = .generalAvailability, derivatives: Derivatives = .followBase,
        exception: GroundCondition, cureMilliseconds: Int64? = nil
    ) {
        self.cloud = cloud
        self.lead = lead
        self.launch = launch
        self.derivatives = derivatives
        self.exception = exception
        self.cureMilliseconds = cureMilliseconds
    }
}
