// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension Decision.Entry {
    /// How many numbers ``groundNumber`` may have.
    static let groundCount = Ground.allCases.count + 2

    /// The number of what ``groundName`` says: a ground's own, then `primary`, then `departure`.
    var groundNumber: Int {
        if flags.contains(.departure) { return Self.groundCount - 1 }
        return shown.map { Int($0.rawValue) } ?? Self.groundCount - 2
    }

    /// The name for a number.
    static func groundName(_ number: Int) -> String {
        if number == groundCount - 1 { return "departure" }
        return Ground(rawValue: UInt8(number))?.name ?? "primary"
    }
}
