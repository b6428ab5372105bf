// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == TieredRate {
    /// A percentage, or `{mode: …, tiers: […]}`.
    package static var tieredRate: ValueType<TieredRate> {
        let mode = Field.required(
            "mode", ValueType<TieredRate.Mode>.word, "what the rate of a tier is a percentage of.")
        let tiers = Field.required(
            "tiers", tierType.list(2...64), "the tiers from the lowest sum to the highest, the last without `up_to`.")
        let table = FieldTable("a rate in tiers", [mode.description, tiers.description])
        let flat = ValueType<Percentage>.share
        return ValueType(.either([flat.shape, table.shape])) { node, context in
            guard node.entries != nil else { return flat.read(node, context).map { .flat($0) } }
            guard let mapping = MappingReading(node, table, context) else { return nil }
            let readMode = mapping.value(mode)
            let readTiers = mapping.value(tiers)
            guard let readMode, let readTiers else { return nil }
            check(readTiers, mapping)
            return .tiered(readMode, readTiers)
        }
    }

    private static var tierType: ValueType<TieredRate.Tier> {
        let upTo = Field.optional(
            "up_to", ValueType<MoneyAmount>.money, "up to which sum the tier reaches; the last tier has none.")
        let rate = Field.required(
            "rate", ValueType<Percentage>.percentage(.zero...Percentage.whole), "the percentage in this tier.")
        return FieldTable("a tier", [upTo.description, rate.description]).type { mapping in
            let readUpTo = mapping.value(upTo)
            let readRate = mapping.value(rate)
            return readRate.map { TieredRate.Tier(upTo: readUpTo, rate: $0) }
        }
    }

    private static func check(_ tiers: [TieredRate.Tier], _ mapping: MappingReading) {
        let items = mapping.node(of: "tiers")?.items ?? []
        for (index, (item, tier)) in zip(items, tiers).enumerated() {
            let isLast = index == tiers.count - 1
            if isLast != (tier.upTo == nil) {
                mapping.context.error(
                    .tierBounds, at: item.place, offending: tier.upTo?.description ?? "",
                    message: isLast
                        ? "the last tier ends, so that nothing says what holds above it"
                        : "the tier has no end, so that no tier after it is ever reached",
                    expected: isLast ? "a last tier without `up_to`" : "`up_to` in every tier but the last",
                    mend: isLast ? "delete `up_to`, or add a tier for what is above it" : "add `up_to`")
            }
            guard index > 0 else { continue }
            let before = tiers[index - 1]
            if let upTo = tier.upTo, let lower = before.upTo, upTo.currency == lower.currency,
                upTo.femtoUnits <= lower.femtoUnits
            {
                mapping.context.error(
                    .tierOrder, at: item.place, offending: upTo.description,
                    message: "the tier is empty: the one before it reaches up to \(lower)",
                    expected: "tiers that each reach further than the one before", mend: "check the sums")
            }
            if tier.rate == before.rate {
                mapping.context.warning(
                    .tierRepeatsRate, at: item.place, offending: tier.rate.description,
                    message: "the tier has the rate of the one before it", expected: "a rate of its own",
                    mend: "check the rate, or make one tier of the two")
            }
        }
    }
}

extension TieredRate {
    /// The sums at which tiers end.
    var bounds: [MoneyAmount] {
        switch self {
        case .flat: []
        case .tiered(_, let tiers): tiers.compactMap(\.upTo)
        }
    }
}
