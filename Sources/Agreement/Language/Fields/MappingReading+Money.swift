// SPDX-License-Identifier: Apache-2.0

extension MappingReading {
    /// Refuses amounts of other currencies than the clause's own; at the value of the key under which they stand.
    func refuseOtherCurrencies(than currency: Currency, in amounts: [(key: String, amount: MoneyAmount?)]) {
        for (key, amount) in amounts {
            guard let amount, amount.currency != currency else { continue }
            context.error(
                .currencyDiffers, at: place(of: key), offending: amount.description,
                message: "the amount is in \(amount.currency), the clause is in \(currency)",
                expected: "amounts in \(currency)",
                mend: "convert it as the paper says; amounts of two currencies can't be compared")
            return
        }
    }

    /// Refuses names that stand in two lists, one of which takes away what the other gives.
    func refuseExcludedAndIncluded(_ includes: [String], in first: String, and second: String) {
        for item in node(of: second)?.items ?? [] {
            guard let name = item.text, includes.contains(name) else { continue }
            context.error(
                .exclusionIncluded, at: item.place, offending: name,
                message: "`\(second)` takes away what `\(first)` gives",
                expected: "a name that `\(first)` does not have",
                mend: "delete it in one of the two lists")
        }
    }
}
