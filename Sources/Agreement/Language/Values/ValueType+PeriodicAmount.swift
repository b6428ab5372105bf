// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == PeriodicAmount {
    /// `{amount: …, per: …}`.
    package static var periodicAmount: ValueType<PeriodicAmount> {
        let amount = Field.required("amount", ValueType<MoneyAmount>.money, "the amount for each period.")
        let period = Field.required("per", ValueType<SettlementPeriod>.word, "the periods.")
        return FieldTable("an amount for each period", [amount.description, period.description]).type { mapping in
            let readAmount = mapping.value(amount)
            let readPeriod = mapping.value(period)
            guard let readAmount, let readPeriod else { return nil }
            return PeriodicAmount(amount: readAmount, period: readPeriod)
        }
    }
}
