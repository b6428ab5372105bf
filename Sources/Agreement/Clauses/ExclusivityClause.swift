// SPDX-License-Identifier: Apache-2.0

/// Reserves one aspect of a workload to one cloud.
package struct ExclusivityClause: Sendable, Equatable {
    /// What is exclusive; a clause on one aspect never blocks another.
    package enum Aspect: String, Sendable, CaseIterable {
        /// Where requests are served.
        case hosting
        /// Through which third-party cloud the product reaches customers.
        case distribution
        /// Who may hold a licence.
        case licensing
        /// Who supplies new capacity.
        case capacity
    }

    package var aspect: Aspect
    /// The only cloud for that aspect.
    package var cloud: String

    package init(aspect: Aspect, cloud: String) {
        self.aspect = aspect
        self.cloud = cloud
    }
}
