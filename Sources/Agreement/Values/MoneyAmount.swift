// SPDX-License-Identifier: Apache-2.0

/// An exact amount of money, such as `250 billion USD`.
package struct MoneyAmount: Sendable, Hashable, CustomStringConvertible {
    /// The amount, in 10⁻¹⁵ of the currency's unit; never negative.
    package var femtoUnits: Int128
    package var currency: Currency

    package init(femtoUnits: Int128, currency: Currency) {
        self.femtoUnits = femtoUnits
        self.currency = currency
    }

    /// The largest amount that can be written: 10²⁰ units.
    package static let femtoUnitsMax: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000
    /// How many decimals a price may have.
    package static let decimalsMax = 9

    /// Reads a number, `million` or `billion` or neither, and a currency; `nil` for any other text.
    package init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2 || words.count == 3, let code = words.last, let currency = Currency(code: String(code))
        else { return nil }
        var exponent = 0
        if words.count == 3 {
            guard let multiple = Self.multiples.first(where: { $0.word == words[1] }) else { return nil }
            exponent = multiple.exponent
        }
        guard let scaled = DecimalDigits.scaled(words[0], scale: Self.decimalsMax, exponent: exponent),
            scaled <= Self.femtoUnitsMax / 1_000_000
        else { return nil }
        self.init(femtoUnits: scaled * 1_000_000, currency: currency)
    }

    /// Whether the amount can be paid: it has no part of the currency's smallest unit.
    package var isWholeInMinorUnits: Bool {
        var divisor: Int128 = 1
        for _ in 0..<(15 - currency.minorDigits) { divisor *= 10 }
        return femtoUnits.isMultiple(of: divisor)
    }

    /// The amount as short as it can be read, such as `1.2 billion USD`.
    package var description: String {
        for (word, exponent) in Self.multiples {
            let written = DecimalDigits.written(femtoUnits, scale: 15 + exponent)
            let decimals = written.split(separator: ".").dropFirst().first?.utf8.count ?? 0
            if !written.hasPrefix("0"), decimals <= 3 { return "\(written) \(word) \(currency)" }
        }
        return "\(DecimalDigits.written(femtoUnits, scale: 15)) \(currency)"
    }

    private static let multiples: [(word: Substring, exponent: Int)] = [("billion", 9), ("million", 6)]
}
