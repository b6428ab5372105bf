// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// How much money a virtual key may spend in a period.
package struct KeyBudget: Sendable, Equatable, CustomStringConvertible {
    /// The periods of a budget, in UTC.
    package enum Period: String, Sendable, CaseIterable {
        case day
        case month
    }

    package var amount: MoneyAmount
    package var period: Period

    package init(amount: MoneyAmount, period: Period) {
        self.amount = amount
        self.period = period
    }

    /// Reads an amount and a period, such as `50 USD/month`; `nil` for any other text.
    package init?(text: String) {
        guard let slash = text.lastIndex(of: "/"), let amount = MoneyAmount(text: String(text[..<slash])),
            amount.femtoUnits > 0, let period = Period(rawValue: String(text[text.index(after: slash)...]))
        else { return nil }
        self.init(amount: amount, period: period)
    }

    package var description: String { "\(amount)/\(period.rawValue)" }
}
