// SPDX-License-Identifier: Apache-2.0

/// An exact number of units, such as `4.5 GW` or `1e26 FLOP`.
package struct Quantity: Sendable, Hashable, CustomStringConvertible {
    /// The number, in 10⁻⁹ of the unit; never negative.
    package var nanoUnits: Int128
    /// The unit as written; two quantities compare only in the same unit.
    package var unit: String

    package init(nanoUnits: Int128, unit: String) {
        self.nanoUnits = nanoUnits
        self.unit = unit
    }

    /// The largest number that can be written.
    package static let nanoUnitsMax: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

    /// Reads a number, a space and a unit; `nil` for any other text.
    package init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, Self.isUnit(words[1]) else { return nil }
        let parts = words[0].split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        var exponent = 0
        if parts.count == 2 {
            guard let written = Int(parts[1]), String(written) == parts[1] else { return nil }
            exponent = written
        }
        guard let scaled = DecimalDigits.scaled(parts[0], scale: 9, exponent: exponent), scaled <= Self.nanoUnitsMax
        else { return nil }
        self.init(nanoUnits: scaled, unit: String(words[1]))
    }

    /// The number and the unit; a whole number with many zeros as `1e26`.
    package var description: String {
        let digits = DecimalDigits.written(nanoUnits, scale: 9)
        guard digits.utf8.count > 12, !digits.contains(".") else { return "\(digits) \(unit)" }
        let kept = digits.reversed().drop { $0 == "0" }.count
        guard digits.utf8.count - kept >= 9 else { return "\(digits) \(unit)" }
        return "\(digits.prefix(kept))e\(digits.utf8.count - kept) \(unit)"
    }

    /// Whether this is more than another quantity of the same unit; `nil` where the units differ.
    package func exceeds(_ other: Quantity) -> Bool? {
        unit == other.unit ? nanoUnits > other.nanoUnits : nil
    }

    private static func isUnit(_ text: Substring) -> Bool {
        guard (1...32).contains(text.utf8.count), text.first?.isLetter ?? false else { return false }
        return text.utf8.allSatisfy { byte in
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/-_".utf8.contains(byte)
        }
    }
}
