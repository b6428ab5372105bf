// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Synchronization

/// The accounts of the keys with limits; they outlive every table of keys and every configuration.
package final class KeyAccounts: Sendable {
    private let accounts = Mutex<[String: KeyAccount]>([:])

    package init() {}

    /// The accounts of the keys that need one; new ones for keys that have none yet.
    func accounts(for keys: [VirtualKey]) -> [String: KeyAccount] {
        accounts.withLock { accounts in
            var needed: [String: KeyAccount] = [:]
            for key in keys where key.limits.budget == nil { accounts[key.id]?.pauseMoney() }
            for key in keys where key.limits.needsAccount && !key.isRevoked {
                let account = accounts[key.id] ?? KeyAccount()
                accounts[key.id] = account
                needed[key.id] = account
            }
            return needed
        }
    }

    /// The keys with a budget whose money is not counted yet, in the currency of the budget.
    package func uncounted(of keys: [VirtualKey]) -> [(key: VirtualKey, currency: Currency, account: KeyAccount)] {
        let accounts = accounts(for: keys)
        return keys.compactMap { key in
            guard let currency = key.limits.budget?.amount.currency, let account = accounts[key.id],
                !account.counts(currency)
            else { return nil }
            return (key, currency, account)
        }
    }

    /// The account of a key; `nil` for one that never had a limit.
    package func account(of key: String) -> KeyAccount? {
        accounts.withLock { $0[key] }
    }
}
