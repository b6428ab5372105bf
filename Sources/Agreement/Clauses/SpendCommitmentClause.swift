// SPDX-License-Identifier: Apache-2.0

/// Has a party buy for at least an amount within the clause's period.
package struct SpendCommitmentClause: Sendable, Equatable {
    /// What the commitment comes on top of.
    package enum Increment: Sendable, Equatable {
        /// Nothing: it stands by itself.
        case none
        /// Another commitment: a unit of spend counts towards that one first.
        case clause(String)
        /// Spend outside the agreement, in the paper's words.
        case baseline(String)
    }

    /// At which price spend counts.
    package enum Valuation: String, Sendable, CaseIterable {
        case list
        case contracted
        case billed
    }

    /// Whether spend counts before or after credits are taken off.
    package enum Credits: String, Sendable, CaseIterable {
        case before
        case after
    }

    /// A part of the term with an amount of its own.
    package struct Step: Sendable, Equatable {
        package var from: CivilDate
        /// The last day.
        package var through: CivilDate
        package var amount: MoneyAmount

        package init(from: CivilDate, through: CivilDate, amount: MoneyAmount) {
            self.from = from
            self.through = through
            self.amount = amount
        }
    }

    /// What must have been bought since the beginning, by the end of a day.
    package struct Milestone: Sendable, Equatable {
        package var through: CivilDate
        package var amount: MoneyAmount

        package init(through: CivilDate, amount: MoneyAmount) {
            self.through = through
            self.amount = amount
        }
    }

    /// How the amount is spread over the term.
    package enum Schedule: Sendable, Equatable {
        /// By the end of the term.
        case total
        /// In steps, which add up to the amount.
        case steps([Step])
        /// In milestones, the last of which is the amount.
        case milestones([Milestone])
    }

    /// Which spend counts.
    package struct Eligibility: Sendable, Equatable {
        /// The services that count; empty means all.
        package var includes: [String]
        /// The services that do not count; none of ``includes``.
        package var excludes: [String]
        /// Which part of purchases in the cloud's marketplace counts.
        package var marketplace: Percentage

        package init(includes: [String], excludes: [String], marketplace: Percentage) {
            self.includes = includes
            self.excludes = excludes
            self.marketplace = marketplace
        }
    }

    /// What becomes of the difference where too little was bought.
    package struct Shortfall: Sendable, Equatable {
        /// Which part of the difference is paid.
        package var charge: Percentage
        /// Whether it is invoiced without anybody asking.
        package var isAutomatic: Bool

        package init(charge: Percentage, isAutomatic: Bool) {
            self.charge = charge
            self.isAutomatic = isAutomatic
        }
    }

    /// How much of an unmet step may be met later.
    package struct Rollover: Sendable, Equatable {
        /// The part of the step's amount.
        package var atMost: Percentage
        /// Into how many steps or milestones that follow.
        package var periods: Int

        package init(atMost: Percentage, periods: Int) {
            self.atMost = atMost
            self.periods = periods
        }
    }

    /// What becomes of spend above a step's amount.
    package enum Overage: String, Sendable, CaseIterable {
        /// It counts for nothing later.
        case none
        /// It counts towards the steps that follow.
        case carryForward = "carry-forward"
    }

    /// How far spend counts.
    package enum Accrual: String, Sendable, CaseIterable {
        /// For the whole term.
        case continuous
        /// For the step or period in which it falls alone.
        case discontinuous
    }

    package var payer: String
    package var payee: String
    package var amount: MoneyAmount
    package var incrementalTo: Increment
    package var countedAt: Valuation
    package var credits: Credits
    package var schedule: Schedule
    /// With which periods milestones and steps end; `nil` means on any day.
    package var endsWith: SettlementPeriod?
    package var eligibility: Eligibility
    /// What is bought at least in each of some periods; `nil` means nothing.
    package var minimum: PeriodicAmount?
    package var shortfall: Shortfall
    /// `nil` means none.
    package var rollover: Rollover?
    package var overage: Overage
    package var accrual: Accrual
    /// Parties whose spend counts too.
    package var contributors: [String]
    /// Commitments towards which the same unit of spend may count as well.
    package var sharedWith: [String]

    package init(
        payer: String, payee: String, amount: MoneyAmount, incrementalTo: Increment, countedAt: Valuation,
        credits:
            Credits, schedule: Schedule, endsWith: SettlementPeriod?, eligibility: Eligibility,
        minimum:
            PeriodicAmount?, shortfall: Shortfall, rollover: Rollover?, overage: Overage, accrual: Accrual,
        contributors: [String], sharedWith: [String]
    ) {
        self.payer = payer
        self.payee = payee
        self.amount = amount
        self.incrementalTo = incrementalTo
        self.countedAt = countedAt
        self.credits = credits
        self.schedule = schedule
        self.endsWith = endsWith
        self.eligibility = eligibility
        self.minimum = minimum
        self.shortfall = shortfall
        self.rollover = rollover
        self.overage = overage
        self.accrual = accrual
        self.contributors = contributors
        self.sharedWith = sharedWith
    }
}
