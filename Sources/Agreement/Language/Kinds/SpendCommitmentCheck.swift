// SPDX-License-Identifier: Apache-2.0

/// Checks that the parts of one spend commitment fit together.
struct SpendCommitmentCheck {
    private let clause: SpendCommitmentClause
    private let mapping: MappingReading

    init(_ clause: SpendCommitmentClause, _ mapping: MappingReading) {
        self.clause = clause
        self.mapping = mapping
    }

    func run() {
        checkParties()
        var amounts: [(key: String, amount: MoneyAmount?)] = [("minimum", clause.minimum?.amount)]
        switch clause.schedule {
        case .total:
            checkRollover()
        case .steps(let steps):
            amounts += steps.map { ("steps", $0.amount) }
            check(steps)
        case .milestones(let milestones):
            amounts += milestones.map { ("milestones", $0.amount) }
            check(milestones)
        }
        mapping.refuseOtherCurrencies(than: clause.amount.currency, in: amounts)
    }

    private func checkParties() {
        if clause.payer == clause.payee {
            mapping.refuseSameParty(in: "payer", and: "payee", offending: clause.payee)
        }
        guard clause.contributors.contains(clause.payer) else { return }
        mapping.context.error(
            .contributorIsPayer, at: mapping.place(of: "contributors"), offending: clause.payer,
            message: "the payer's own spend counts anyway", expected: "other parties whose spend counts too",
            mend: "delete `\(clause.payer)` in the list")
    }

    private func checkRollover() {
        guard let place = mapping.keyPlace(of: "rollover"), clause.rollover != nil else { return }
        mapping.context.error(
            .rolloverWithoutSteps, at: place, offending: "rollover",
            message: "nothing can be met later: the amount is due once, at the end of the term",
            expected: "`steps` or `milestones`, or no `rollover`",
            mend: "write the steps of the paper, or delete the key")
    }

    private func check(_ steps: [SpendCommitmentClause.Step]) {
        let items = mapping.node(of: "steps")?.items ?? []
        for (index, (item, step)) in zip(items, steps).enumerated() {
            if step.through < step.from {
                mapping.context.error(
                    .stepReversed, at: item.place, offending: "\(step.from) to \(step.through)",
                    message: "the step is over before it begins", expected: "a last day on or after the first",
                    mend: "check both days")
            }
            if index > 0, step.from <= steps[index - 1].through {
                mapping.context.error(
                    .stepsOverlap, at: item.place, offending: step.from.description,
                    message: "the step begins before the one before it is over, on \(steps[index - 1].through)",
                    expected: "steps in their order that share no day", mend: "check the days of both")
            }
            checkEnd(step.through, item)
        }
        let sum = steps.reduce(Int128(0)) { $0 + $1.amount.femtoUnits }
        guard steps.allSatisfy({ $0.amount.currency == clause.amount.currency }), sum != clause.amount.femtoUnits
        else { return }
        let written = MoneyAmount(femtoUnits: sum, currency: clause.amount.currency)
        mapping.context.error(
            .stepsDoNotAddUp, at: mapping.place(of: "steps"), offending: written.description,
            message: "the steps add up to \(written), the commitment is \(clause.amount)",
            expected: "steps that add up to `amount`", mend: "check the steps and the amount against the paper")
    }

    private func check(_ milestones: [SpendCommitmentClause.Milestone]) {
        let items = mapping.node(of: "milestones")?.items ?? []
        for (index, (item, milestone)) in zip(items, milestones).enumerated() {
            checkEnd(milestone.through, item)
            guard index > 0 else { continue }
            let before = milestones[index - 1]
            let isSameCurrency = milestone.amount.currency == before.amount.currency
            guard
                milestone.through <= before.through
                    || (isSameCurrency && milestone.amount.femtoUnits <= before.amount.femtoUnits)
            else { continue }
            mapping.context.error(
                .milestoneOrder, at: item.place, offending: "\(milestone.through), \(milestone.amount)",
                message: "the milestone adds nothing to the one before it: \(before.through), \(before.amount)",
                expected: "later days with larger amounts, each counted since the beginning",
                mend: "write the sum up to each day; amounts of single years are `steps`")
        }
        guard let last = milestones.last, let item = items.last, last.amount.currency == clause.amount.currency,
            last.amount != clause.amount
        else { return }
        mapping.context.error(
            .milestonesMissTotal, at: item.place, offending: last.amount.description,
            message: "the last milestone is \(last.amount), the commitment is \(clause.amount)",
            expected: "a last milestone of \(clause.amount)", mend: "check the milestones and the amount")
    }

    private func checkEnd(_ day: CivilDate, _ item: YAMLNode) {
        guard let period = clause.endsWith, !period.ends(with: day) else { return }
        mapping.context.error(
            .notAtPeriodEnd, at: item.entry("through")?.value.place ?? item.place, offending: day.description,
            message: "no \(period.rawValue) ends with this day, and `ends_with` asks for it",
            expected: "the last day of a \(period.rawValue)", mend: "check the day, or `ends_with`")
    }
}
