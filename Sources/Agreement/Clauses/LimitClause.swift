// SPDX-License-Identifier: Apache-2.0

/// Forbids the workloads that it is about once the latest dated reading of a meter exceeds a limit.
package struct LimitClause: Sendable, Equatable {
    /// What holds while there is no reading.
    package enum Missing: String, Sendable, CaseIterable {
        case permit
        case forbid
    }

    /// Which deployments the clause forbids.
    package enum Reach: Sendable, Equatable {
        /// All of them.
        case everywhere
        /// Those on these clouds.
        case clouds([String])
        /// Those on the clouds that this party operates.
        case operatedBy(String)
    }

    /// The identifier under which readings are recorded.
    package var meter: String
    /// What the meter measures, in the paper's words.
    package var measures: String
    /// The last reading that is still allowed; readings are in the same unit.
    package var atMost: Quantity
    package var onMissing: Missing
    package var reach: Reach

    package init(meter: String, measures: String, atMost: Quantity, onMissing: Missing, reach: Reach) {
        self.meter = meter
        self.measures = measures
        self.atMost = atMost
        self.onMissing = onMissing
        self.reach = reach
    }
}
