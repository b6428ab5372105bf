// SPDX-License-Identifier: Apache-2.0

extension RevenueShareClause {
    func words(about requests: String, _ wording: Wording) -> [String] {
        let (from, to) = (wording.party(payer), wording.party(payee))
        let source =
            switch base.measure {
            case .recognisedRevenue: "revenue as the books of \(from) recognise it"
            case .usageAtSellPrice: "recorded usage at a list of sell prices"
            }
        let origin = requests == Condition.always.words ? "" : " from \(requests)"
        let without = base.excludes.isEmpty ? "" : ", without \(Wording.list(base.excludes))"
        var sentences = [
            "\(from) pays \(to) a part of its revenue\(origin): \(rate.words).",
            "It is settled each \(period.rawValue)"
                + (dueMilliseconds.map { ", and due \(Wording.duration($0)) after its end." } ?? "."),
            "The base is \(source): \(Wording.list(base.includes))\(without); "
                + (base.netOf.isEmpty
                    ? "nothing is taken off." : "off it come \(Wording.list(base.netOf.map(\.words)))."),
        ]
        sentences += deductions.map { deduction in
            switch deduction.size {
            case .percentage(let part): "As \(deduction.id), \(part) of it is taken off."
            case .amount(let amount): "As \(deduction.id), \(amount) is taken off in each \(period.rawValue)."
            }
        }
        if let cap {
            sentences.append(
                "In all \(from) pays at most \(cap.amount), counted \(cap.basis == .gross ? "before" : "after") netting "
                    + "and from \(cap.countsFrom) on; a refund \(cap.onRefund == .reopen ? "gives" : "gives no") "
                    + "headroom back.")
        } else {
            sentences.append("No cap limits what is paid in all.")
        }
        if let minimum {
            sentences.append("At least \(minimum.amount) is paid for each \(minimum.period.rawValue).")
        }
        if let stop {
            sentences.append(
                "Nothing more is due once a reading of \(stop.meter) is at least \(stop.atLeast)"
                    + (stop.text.map { ": \($0)." } ?? "."))
        }
        if let netsWith {
            sentences.append("It is netted against \(netsWith), with both directions shown gross.")
        }
        return sentences + ["Lines are rounded \(rounding.words)."]
    }
}

extension RevenueShareClause.Base.Reduction {
    fileprivate var words: String {
        switch self {
        case .tax: "tax"
        case .refunds: "refunds"
        case .credits: "credits"
        case .gatewayFees: "fees of payment gateways"
        }
    }
}

extension RoundingMode {
    /// To go on with after "rounded".
    var words: String {
        switch self {
        case .halfEven: "to the nearest smallest unit, halves to the even digit"
        case .halfUp: "to the nearest smallest unit, halves away from zero"
        case .down: "down to the smallest unit"
        }
    }
}

extension TieredRate {
    /// A percentage, or the tiers with what they mean.
    var words: String {
        guard case .tiered(let mode, let tiers) = self else {
            if case .flat(let rate) = self { return rate.description }
            return ""
        }
        let parts = tiers.map { tier in
            tier.upTo.map { "\(tier.rate) up to \($0)" } ?? "\(tier.rate) above"
        }
        let meaning =
            switch mode {
            case .marginal: "each rate for the part within its tier"
            case .cliff: "the rate of the tier reached for everything from then on"
            case .cliffRetroactive: "the rate of the tier reached for the whole sum"
            }
        return "\(Wording.list(parts)) (\(meaning))"
    }
}
