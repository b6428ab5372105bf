// SPDX-License-Identifier: Apache-2.0

/// Names the cloud that is primary for a workload, and what that obliges to.
package struct PrimaryCloudClause: Sendable, Equatable {
    /// What "primary" means in this agreement.
    package enum Meaning: String, Sendable, CaseIterable {
        /// Each request is tried there first and leaves only on a ground.
        case tryFirst = "try-first"
        /// A title without consequences for placement.
        case labelOnly = "label-only"
    }

    /// The primary cloud.
    package var cloud: String
    package var meaning: Meaning
    /// The grounds on which a request may leave; never satisfied where the file names none.
    package var spillOn: GroundCondition

    package init(cloud: String, meaning: Meaning, spillOn: GroundCondition) {
        self.cloud = cloud
        self.meaning = meaning
        self.spillOn = spillOn
    }
}
