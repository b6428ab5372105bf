// SPDX-License-Identifier: Apache-2.0

/// An amount for each of some periods.
package struct PeriodicAmount: Sendable, Equatable {
    package var amount: MoneyAmount
    package var period: SettlementPeriod

    package init(amount: MoneyAmount, period: SettlementPeriod) {
        self.amount = amount
        self.period = period
    }
}
