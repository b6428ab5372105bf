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

    /// The cloud on which a model must be generally available first.
    package var cloud: String
    package var lead: Lead
    /// When the embargo on other clouds falls without a launch; never where the file names nothing.
    package var exception: GroundCondition

    package init(cloud: String, lead: Lead, exception: GroundCondition) {
        self.cloud = cloud
        self.lead = lead
        self.exception = exception
    }
}
