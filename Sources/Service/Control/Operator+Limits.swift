// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import Store

// What keys may use, and what they have used.
extension Operator {
    /// Changes what a key may use; what its requests in flight have set aside stays.
    func setKey(_ id: String, _ order: KeyLimitsOrder) throws(ServiceError) -> ControlAnswer {
        let stored = try tables { () throws(TableError) in try node.tables.keys() }
        guard let key = stored.first(where: { $0.id == id && $0.revoked == nil }) else {
            throw ServiceError(.refused, "There is no key \(id), or it is revoked; `concordat keys list` shows them.")
        }
        let limits = try order.applied(to: key.limits)
        guard try tables({ () throws(TableError) in try node.tables.set(limits, ofKey: id) }) else {
            throw ServiceError(.refused, "The key \(id) was revoked meanwhile.")
        }
        return .keySet(limits)
    }

    /// Begins to count the money of keys that have a budget and are not counted yet, from what the ledger says.
    func restoreBalances(of keys: [VirtualKey]) throws(ServiceError) {
        let uncounted = accounts.uncounted(of: keys)
        guard !uncounted.isEmpty else { return }
        let now = node.clock.now()
        let today = BudgetBalance.day(of: now)
        let rows = try tables { () throws(TableError) in
            try node.tables.forgetKeyUsage(before: today)
            return try node.tables.usage(
                ofKeys: Set(uncounted.map(\.key.id)), day: today, month: BudgetBalance.firstDayOfMonth(of: now))
        }
        let byKey = Dictionary(grouping: rows, by: \.key)
        let prices = prices()
        for (key, currency, account) in uncounted {
            var month: Int128 = 0
            var day: Int128 = 0
            for row in byKey[key.id] ?? [] {
                guard let price = prices.price(ofDeployment: row.deployment, model: row.model, in: currency) else {
                    continue
                }
                let cost = price.cost(
                    prompt: row.promptTokens, cached: row.cachedTokens, completion: row.completionTokens)
                switch row.period {
                case .day: day += cost
                case .month: month += cost
                }
            }
            account.begin(BudgetBalance(at: now, spentToday: day, spentThisMonth: month), in: currency)
        }
    }
}
