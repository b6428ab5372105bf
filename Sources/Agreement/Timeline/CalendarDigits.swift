// SPDX-License-Identifier: Apache-2.0

/// Integer arithmetic and digits of the civil calendar.
enum CalendarDigits {
    /// The quotient rounded down, with a remainder that is never negative.
    static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The number with zeros before it, up to a width in digits.
    static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Takes exactly so many digits from the front; `nil` where there are fewer.
    static func takeNumber(_ bytes: inout Substring.UTF8View, digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let byte = bytes.popFirst(), byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        return value
    }
}
