// SPDX-License-Identifier: Apache-2.0

/// An exact part of a whole, such as `6.25%`.
package struct Percentage: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The part, in 10⁻⁹ of the whole; 1,000,000,000 is 100%.
    package var partsPerBillion: Int64

    package init(partsPerBillion: Int64) {
        self.partsPerBillion = partsPerBillion
    }

    /// Nothing.
    package static let zero = Percentage(partsPerBillion: 0)
    /// The whole.
    package static let whole = Percentage(partsPerBillion: 1_000_000_000)

    /// Reads a number with at most seven decimals and `%`; `nil` for any other text, and above 10,000%.
    package init?(text: String) {
        guard text.hasSuffix("%"), let scaled = DecimalDigits.scaled(text.dropLast(), scale: 7),
            scaled <= 100_000_000_000
        else { return nil }
        self.init(partsPerBillion: Int64(scaled))
    }

    package var description: String {
        DecimalDigits.written(Int128(partsPerBillion), scale: 7) + "%"
    }

    package static func < (left: Percentage, right: Percentage) -> Bool {
        left.partsPerBillion < right.partsPerBillion
    }
}
