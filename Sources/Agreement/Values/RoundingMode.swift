// SPDX-License-Identifier: Apache-2.0

/// How a line of a statement is rounded to the currency's smallest unit.
package enum RoundingMode: String, Sendable, CaseIterable {
    /// To the nearest, halves to the even digit.
    case halfEven = "half-even"
    /// To the nearest, halves away from zero.
    case halfUp = "half-up"
    /// Towards zero.
    case down
}
