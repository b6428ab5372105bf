// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What tokens of a deployment cost, as far as limits of keys go; settlement has price lists of its own.
///
/// Prices are integers of 10⁻⁹ unit of the currency per million tokens, so that tokens times price is an exact amount
/// of 10⁻¹⁵ unit.
package struct TokenPrice: Sendable, Equatable {
    package var currency: Currency
    package var input: Int64
    package var cachedInput: Int64
    package var output: Int64

    package init(currency: Currency, input: Int64, cachedInput: Int64, output: Int64) {
        self.currency = currency
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
    }

    /// The cost of a usage in 10⁻¹⁵ unit; cached tokens are part of the prompt's.
    package func cost(prompt: UInt64, cached: UInt64, completion: UInt64) -> Int128 {
        let cached = min(cached, prompt)
        return Int128(prompt - cached) * Int128(input) + Int128(cached) * Int128(cachedInput)
            + Int128(completion) * Int128(output)
    }

    /// The dearer of two prices, part by part.
    func ceiling(_ other: TokenPrice) -> TokenPrice {
        TokenPrice(
            currency: currency, input: max(input, other.input), cachedInput: max(cachedInput, other.cachedInput),
            output: max(output, other.output))
    }
}
