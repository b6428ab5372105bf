// SPDX-License-Identifier: Apache-2.0

/// Names the cloud that is primary for a workload, and what that obliges to.
package struct PrimaryCloudClause: Sendable, Equatable {
    /// What "primary" means in this agreement.
    package enum Meaning: String, Sendable, CaseIterable {
        /// Each request is tried there first and leaves only on a ground.
        case tryFirst = "try-first"
        /// A share of the whole goes there; measured afterwards, it decides no request.
        case majorityShare = "majority-share"
        /// A title without consequences for placement.
        case labelOnly = "label-only"
    }

    /// Which share must go to the primary cloud.
    package struct Majority: Sendable, Equatable {
        /// What is counted.
        package enum Measure: String, Sendable, CaseIterable {
            case requests
            case tokens
            case spend
        }

        /// At least this part of the whole.
        package var share: Percentage
        /// Over which periods it is counted.
        package var period: SettlementPeriod
        package var measure: Measure

        package init(share: Percentage, period: SettlementPeriod, measure: Measure) {
            self.share = share
            self.period = period
            self.measure = measure
        }
    }

    /// The primary cloud.
    package var cloud: String
    package var meaning: Meaning
    /// The grounds on which a request may leave; never satisfied where the file names none.
    package var spillOn: GroundCondition
    /// The share; there exactly where the meaning is ``Meaning/majorityShare``.
    package var majority: Majority?

    package init(cloud: String, meaning: Meaning, spillOn: GroundCondition, majority: Majority? = nil) {
        self.cloud = cloud
        self.meaning = meaning
        self.spillOn = spillOn
        self.majority = majority
    }
}
