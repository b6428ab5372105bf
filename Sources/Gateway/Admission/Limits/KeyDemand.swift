// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What a request may use at most as far as its body tells, which is set aside at its admission.
package struct KeyDemand: Sendable {
    /// Prompt and completion together.
    package var tokens: Int64
    /// In 10⁻¹⁵ unit of the budget's currency; 0 for keys without a budget.
    package var cost: Int128
    /// The time of the steady clock, in milliseconds.
    package var milliseconds: Int64
    /// The admission, which picks the budget's period.
    package var at: Instant

    package init(tokens: Int64, cost: Int128, milliseconds: Int64, at: Instant) {
        self.tokens = tokens
        self.cost = cost
        self.milliseconds = milliseconds
        self.at = at
    }
}
