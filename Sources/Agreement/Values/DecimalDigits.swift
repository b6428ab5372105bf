// SPDX-License-Identifier: Apache-2.0

/// Decimal numbers as integers of a power of ten, so that no digit is lost.
enum DecimalDigits {
    /// Reads digits with an optional fraction as a number of 10⁻ˢᶜᵃˡᵉ units.
    ///
    /// - Parameters:
    ///   - text: such as `250` or `6.25`; no sign, no separators, no leading zeros.
    ///   - scale: how many digits the fraction may have.
    ///   - exponent: by which power of ten the number is multiplied, 0 to 30.
    /// - Returns: the number; `nil` for any other text, and where it is too large.
    static func scaled(_ text: Substring, scale: Int, exponent: Int = 0) -> Int128? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, isDigits(whole), whole == "0" || !whole.hasPrefix("0"),
            parts.count == 1 || isDigits(parts[1]), (0...30).contains(exponent)
        else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= scale + exponent, whole.utf8.count <= 30,
            let digits = Int128(String(whole + fraction))
        else { return nil }
        return multiplied(digits, byPowerOfTen: scale + exponent - fraction.utf8.count)
    }

    /// A number of 10⁻ˢᶜᵃˡᵉ units in digits, without zeros at the end of the fraction.
    static func written(_ value: Int128, scale: Int) -> String {
        let digits = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        var fraction = padded.suffix(scale)
        while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
        let sign = value < 0 ? "-" : ""
        return sign + padded.dropLast(scale) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func multiplied(_ value: Int128, byPowerOfTen exponent: Int) -> Int128? {
        var product = value
        for _ in 0..<exponent {
            let (next, overflow) = product.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }
}
