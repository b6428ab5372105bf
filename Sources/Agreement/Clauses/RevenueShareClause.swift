// SPDX-License-Identifier: Apache-2.0

/// Has a party pay a part of its revenue to another.
package struct RevenueShareClause: Sendable, Equatable {
    /// What the rate is a percentage of.
    package struct Base: Sendable, Equatable {
        /// Where the numbers come from.
        package enum Measure: String, Sendable, CaseIterable {
            /// Revenue as the payer's books recognise it, imported.
            case recognisedRevenue = "recognised-revenue"
            /// Recorded usage at a list of sell prices.
            case usageAtSellPrice = "usage-at-sell-price"
        }

        /// What is taken off before the rate applies.
        package enum Reduction: String, Sendable, CaseIterable {
            case tax
            case refunds
            case credits
            case gatewayFees = "gateway-fees"
        }

        package var measure: Measure
        /// The revenue that counts, by the names under which it is imported; not empty.
        package var includes: [String]
        /// The revenue that does not count; none of ``includes``.
        package var excludes: [String]
        package var netOf: [Reduction]

        package init(measure: Measure, includes: [String], excludes: [String], netOf: [Reduction]) {
            self.measure = measure
            self.includes = includes
            self.excludes = excludes
            self.netOf = netOf
        }
    }

    /// Something else that is taken off the base.
    package struct Deduction: Sendable, Equatable {
        /// How much.
        package enum Size: Sendable, Equatable {
            /// A part of the base.
            case percentage(Percentage)
            /// A sum in each period.
            case amount(MoneyAmount)
        }

        package var id: String
        package var size: Size
        package var text: String?

        package init(id: String, size: Size, text: String?) {
            self.id = id
            self.size = size
            self.text = text
        }
    }

    /// The most that is paid in all.
    package struct Cap: Sendable, Equatable {
        /// Whether the cap is compared with payments before or after netting.
        package enum Basis: String, Sendable, CaseIterable {
            case gross
            case net
        }

        /// What a refund does to a cap that was reached.
        package enum Refund: String, Sendable, CaseIterable {
            /// Headroom comes back.
            case reopen
            /// What was paid stays counted.
            case keep
        }

        package var amount: MoneyAmount
        package var basis: Basis
        /// The first day whose payments count.
        package var countsFrom: CivilDate
        package var onRefund: Refund

        package init(amount: MoneyAmount, basis: Basis, countsFrom: CivilDate, onRefund: Refund) {
            self.amount = amount
            self.basis = basis
            self.countsFrom = countsFrom
            self.onRefund = onRefund
        }
    }

    /// A reading from which on nothing more is due.
    package struct Stop: Sendable, Equatable {
        /// The identifier under which readings are recorded.
        package var meter: String
        package var atLeast: Quantity
        /// The condition in the paper's words.
        package var text: String?

        package init(meter: String, atLeast: Quantity, text: String?) {
            self.meter = meter
            self.atLeast = atLeast
            self.text = text
        }
    }

    package var payer: String
    package var payee: String
    /// The currency of every amount in the clause.
    package var currency: Currency
    package var rate: TieredRate
    package var base: Base
    package var deductions: [Deduction]
    /// How often it is settled.
    package var period: SettlementPeriod
    /// How many milliseconds after the end of a period payment is due; `nil` where the paper is silent.
    package var dueMilliseconds: Int64?
    /// `nil` means no cap.
    package var cap: Cap?
    /// What is paid at least in each of some periods; `nil` means nothing.
    package var minimum: PeriodicAmount?
    /// `nil` means that no reading ends the payments.
    package var stop: Stop?
    /// The clause with the payments in the other direction, against which this one is netted; `nil` means none.
    package var netsWith: String?
    package var rounding: RoundingMode

    package init(
        payer: String, payee: String, currency: Currency, rate: TieredRate, base: Base, deductions: [Deduction],
        period: SettlementPeriod, dueMilliseconds: Int64?, cap: Cap?, minimum: PeriodicAmount?, stop: Stop?,
        netsWith: String?, rounding: RoundingMode
    ) {
        self.payer = payer
        self.payee = payee
        self.currency = currency
        self.rate = rate
        self.base = base
        self.deductions = deductions
        self.period = period
        self.dueMilliseconds = dueMilliseconds
        self.cap = cap
        self.minimum = minimum
        self.stop = stop
        self.netsWith = netsWith
        self.rounding = rounding
    }
}
