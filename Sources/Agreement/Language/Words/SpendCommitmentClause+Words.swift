// SPDX-License-Identifier: Apache-2.0

extension SpendCommitmentClause {
    func words(_ wording: Wording) -> [String] {
        let (buyer, seller) = (wording.party(payer), wording.party(payee))
        let onTop =
            switch incrementalTo {
            case .none: "by itself"
            case .clause(let other): "on top of the commitment \(other)"
            case .baseline(let text): "on top of: \(text)"
            }
        var sentences = ["\(buyer) buys for at least \(amount) from \(seller), \(onTop)."]
        switch schedule {
        case .total:
            sentences.append("The whole amount is due by the end of the clause's period.")
        case .steps(let steps):
            sentences.append(
                "In steps: "
                    + steps.map { "\($0.amount) from \($0.from) through \($0.through)" }.joined(separator: "; ") + ".")
        case .milestones(let milestones):
            sentences.append(
                "In milestones, each counted since the beginning: "
                    + milestones.map { "\($0.amount) through \($0.through)" }.joined(separator: "; ") + ".")
        }
        let price =
            switch countedAt {
            case .list: "list prices"
            case .contracted: "contracted prices"
            case .billed: "billed prices"
            }
        sentences.append("Spend counts at \(price), \(credits.rawValue) credits are taken off\(eligibility.words).")
        if !contributors.isEmpty {
            sentences.append("Spend of \(Wording.list(contributors.map(wording.party))) counts too.")
        }
        sentences.append(
            sharedWith.isEmpty
                ? "A unit of spend counts towards no other commitment."
                : "The same unit of spend may also count towards \(Wording.list(sharedWith)).")
        if let minimum {
            sentences.append("In each \(minimum.period.rawValue) at least \(minimum.amount) is bought.")
        }
        sentences.append(
            "Of a shortfall \(shortfall.charge) is paid, "
                + (shortfall.isAutomatic ? "invoiced without anybody asking." : "when \(seller) asks for it."))
        if let rollover {
            sentences.append(
                "Up to \(rollover.atMost) of an unmet step may be met in the "
                    + "\(rollover.periods == 1 ? "next one" : "next \(rollover.periods)").")
        }
        if case .total = schedule { return sentences }
        return sentences + [
            overage == .carryForward
                ? "What is spent above a step counts towards the next ones."
                : "What is spent above a step counts for nothing later.",
            accrual == .continuous
                ? "Spend counts for the whole term." : "Spend counts for the step in which it falls alone.",
        ]
    }
}

extension SpendCommitmentClause.Eligibility {
    fileprivate var words: String {
        let services =
            (includes.isEmpty ? "; all services count" : "; \(Wording.list(includes)) count")
            + (excludes.isEmpty ? "" : ", \(Wording.list(excludes)) do not")
        return services + ", and \(marketplace) of purchases in the marketplace"
    }
}
