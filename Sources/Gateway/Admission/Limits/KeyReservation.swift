// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Synchronization

/// What was set aside for one request of a limited key.
///
/// It is settled once. One that is let go of unsettled gives everything back, so that no path can leak a permit.
package final class KeyReservation: Sendable {
    private let account: KeyAccount
    /// The second in which the tokens were counted.
    let second: Int64
    let tokens: Int64
    /// In 10⁻¹⁵ unit of the budget's currency.
    let cost: Int128
    /// The budget's currency at the admission; `nil` where there was no budget.
    let currency: Currency?
    private let isSettled = Atomic<Bool>(false)

    init(account: KeyAccount, second: Int64, tokens: Int64, cost: Int128, currency: Currency?) {
        self.account = account
        self.second = second
        self.tokens = tokens
        self.cost = cost
        self.currency = currency
    }

    /// Counts what the request used and gives back the rest; a second time does nothing.
    ///
    /// - Parameters:
    ///   - tokens: prompt and completion together.
    ///   - cost: in 10⁻¹⁵ unit of the budget's currency.
    ///   - at: the end of the request, which picks the period that pays.
    ///   - milliseconds: the time of the steady clock.
    package func settle(tokens: Int64, cost: Int128, at: Instant, milliseconds: Int64) {
        guard !isSettled.exchange(true, ordering: .relaxed) else { return }
        account.settle(self, tokens: tokens, cost: cost, at: at, milliseconds: milliseconds)
    }

    deinit {
        guard !isSettled.load(ordering: .relaxed) else { return }
        account.settle(self, tokens: 0, cost: 0, at: nil, milliseconds: nil)
    }
}
