// SPDX-License-Identifier: Apache-2.0

/// A percentage of a sum of money: one for all of it, or one for each of several tiers.
package enum TieredRate: Sendable, Equatable {
    /// The same percentage of everything.
    case flat(Percentage)
    /// Percentages by how large the sum is.
    case tiered(Mode, [Tier])

    /// What the rate of a tier is a percentage of; the papers differ, so that there is no default.
    package enum Mode: String, Sendable, CaseIterable {
        /// Each rate applies to the part of the sum within its tier.
        case marginal
        /// The rate of the tier that was reached applies to everything from then on.
        case cliff
        /// The rate of the tier that was reached applies to the whole sum, also to what came before.
        case cliffRetroactive = "cliff-retroactive"
    }

    /// One tier.
    package struct Tier: Sendable, Equatable {
        /// Up to which sum it reaches, that sum included; `nil` in the last tier.
        package var upTo: MoneyAmount?
        package var rate: Percentage

        package init(upTo: MoneyAmount?, rate: Percentage) {
            self.upTo = upTo
            self.rate = rate
        }
    }
}
