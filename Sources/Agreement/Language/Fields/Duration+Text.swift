// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The units of written durations, in milliseconds, the longest first.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// Reads `30s`, `10m`, `2h`, `5d` or `250ms` as milliseconds; `nil` for any other text.
    ///
    /// A day has 24 hours.
    package static func milliseconds(written text: String) -> Int64? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        let unitName = String(text.dropFirst(digits.count))
        guard !digits.isEmpty, digits.count <= 9, let count = Int64(String(text.prefix(digits.count))),
            let unit = units.first(where: { $0.name == unitName })
        else { return nil }
        return count * unit.milliseconds
    }

    /// A number of milliseconds in the longest unit that writes it without a fraction.
    package static func written(_ milliseconds: Int64) -> String {
        guard milliseconds != 0,
            let unit = units.first(where: { milliseconds.isMultiple(of: $0.milliseconds) })
        else { return "0s" }
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
