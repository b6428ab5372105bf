// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway

/// Reads the `price` of a deployment: what a million tokens cost.
///
/// It serves the budgets of keys alone; settlement has price lists.
enum PriceReading {
    /// The most that a million tokens may cost, in 10⁻¹⁵ unit: a million units.
    private static let femtoUnitsMax: Int128 = 1_000_000_000_000_000_000_000
    /// 10⁻¹⁵ units in a 10⁻⁹ unit.
    private static let femtoInNano: Int128 = 1_000_000

    private static let input = Field.required("input", price, "a million prompt tokens.")
    private static let output = Field.required("output", price, "a million completion tokens.")
    private static let cachedInput = Field.optional(
        "cached_input", price, "a million prompt tokens that the provider had in its cache; as `input` where missing.")

    static let type: ValueType<TokenPrice> = FieldTable(
        "`price`", [input.description, cachedInput.description, output.description]
    ).type { mapping in
        let readInput = mapping.value(input)
        let readOutput = mapping.value(output)
        let readCached = mapping.value(cachedInput)
        guard let readInput, let readOutput else { return nil }
        for (key, amount) in [("output", readOutput), ("cached_input", readCached ?? readInput)]
        where amount.currency != readInput.currency {
            mapping.context.error(
                .currencyDiffers, at: mapping.place(of: key), offending: amount.description,
                message: "the price is in \(amount.currency), `input` is in \(readInput.currency)",
                expected: "a price in \(readInput.currency)", mend: "write all prices of a deployment in one currency")
            return nil
        }
        return TokenPrice(
            currency: readInput.currency, input: nanoUnits(readInput), cachedInput: nanoUnits(readCached ?? readInput),
            output: nanoUnits(readOutput))
    }

    /// A price, which may be nothing.
    private static var price: ValueType<MoneyAmount> {
        .scalar(expected: "a price of a million tokens, such as `2.50 USD`") { text throws(ScalarFault) in
            guard let amount = MoneyAmount(text: text) else {
                throw ScalarFault(
                    code: .invalidMoney, message: "the value is no price",
                    mend: "write digits without separators, with at most nine decimals, and the currency's code")
            }
            guard amount.femtoUnits <= femtoUnitsMax else {
                throw ScalarFault(
                    code: .invalidMoney, message: "the price is above a million \(amount.currency)",
                    mend: "write what a million tokens cost")
            }
            return amount
        }
    }

    private static func nanoUnits(_ amount: MoneyAmount) -> Int64 {
        Int64(clamping: amount.femtoUnits / femtoInNano)
    }
}
