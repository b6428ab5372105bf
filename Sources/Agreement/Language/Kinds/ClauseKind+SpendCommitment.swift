// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let spendCommitment: ClauseKind = {
        let fields = SpendCommitmentFields()
        return ClauseKind(
            name: "spend-commitment", summary: "Has a party buy for at least an amount, within the clause's period.",
            fields: fields.table, alternatives: [FieldTable.Alternatives(["steps", "milestones"])]
        ) { mapping in
            guard let clause = fields.read(mapping) else { return nil }
            SpendCommitmentCheck(clause, mapping).run()
            return .spendCommitment(clause)
        }
    }()
}

/// The fields of a spend commitment.
private struct SpendCommitmentFields: Sendable {
    private static let names = ValueType<String>.identifier.list(1...ValueLimits.listItemsMax)

    let payer = Field.required("payer", .reference(.party), "the party that buys.")
    let payee = Field.required("payee", .reference(.party), "the party that sells.")
    let amount = Field.required("amount", ValueType<MoneyAmount>.money, "what is bought at least, over the whole term.")
    let incrementalTo = Field.required(
        "incremental_to", Self.incrementType, "what it comes on top of: `none`, another commitment, or a baseline.")
    let countedAt = Field.required(
        "counted_at", ValueType<SpendCommitmentClause.Valuation>.word, "at which price spend counts.")
    let credits = Field.required(
        "credits", ValueType<SpendCommitmentClause.Credits>.word,
        "whether spend counts before or after credits are taken off.")
    let steps = Field.optional(
        "steps", Self.stepType.list(1...ValueLimits.listItemsMax), "parts of the term with amounts of their own.")
    let milestones = Field.optional(
        "milestones", Self.milestoneType.list(1...ValueLimits.listItemsMax),
        "what must have been bought since the beginning by the end of some days.")
    let endsWith = Field.defaulted(
        "ends_with", ValueType<SettlementPeriod>.word.orNothing("any-day"), to: nil, written: "any-day",
        "with which calendar periods steps and milestones must end.")
    let eligible = Field.defaulted(
        "eligible", Self.eligibilityType.orWord("all", Self.everything), to: Self.everything, written: "all",
        "which spend counts.")
    let minimum = Field.defaulted(
        "minimum", ValueType<PeriodicAmount>.periodicAmount.orNothing("none"), to: nil, written: "none",
        "what is bought at least in each of some periods.")
    let shortfall = Field.defaulted(
        "shortfall", Self.shortfallType, to: SpendCommitmentClause.Shortfall(charge: .whole, isAutomatic: false),
        written: "{automatic: false, charge: 100%}", "what becomes of the difference where too little was bought.")
    let rollover = Field.defaulted(
        "rollover", Self.rolloverType.orNothing("none"), to: nil, written: "none",
        "how much of an unmet step may be met later.")
    let overage = Field.defaulted(
        "overage", ValueType<SpendCommitmentClause.Overage>.word, to: .none, written: "none",
        "what becomes of spend above a step's amount.")
    let accrual = Field.defaulted(
        "accrual", ValueType<SpendCommitmentClause.Accrual>.word, to: .continuous, written: "continuous",
        "whether spend counts for the whole term, or for its own step alone.")
    let contributors = Field.defaulted(
        "contributors",
        ValueType<String>.reference(.party).list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
        written: "none", "parties whose spend counts too.")
    let sharedWith = Field.defaulted(
        "shared_with", Self.names.orWord("none", []), to: [], written: "none",
        "commitments towards which the same unit of spend may count as well.")

    var table: [FieldDescription] {
        [
            payer.description, payee.description, amount.description, incrementalTo.description,
            countedAt.description, credits.description, steps.description, milestones.description,
            endsWith.description, eligible.description, minimum.description, shortfall.description,
            rollover.description, overage.description, accrual.description, contributors.description,
            sharedWith.description,
        ]
    }

    func read(_ mapping: MappingReading) -> SpendCommitmentClause? {
        let readPayer = mapping.value(payer)
        let readPayee = mapping.value(payee)
        let readAmount = mapping.value(amount)
        let readIncrementalTo = mapping.value(incrementalTo)
        let readCountedAt = mapping.value(countedAt)
        let readCredits = mapping.value(credits)
        let readSteps = mapping.value(steps)
        let readMilestones = mapping.value(milestones)
        let readEndsWith = mapping.value(endsWith)
        let readEligible = mapping.value(eligible)
        let readMinimum = mapping.value(minimum)
        let readShortfall = mapping.value(shortfall)
        let readRollover = mapping.value(rollover)
        let readOverage = mapping.value(overage)
        let readAccrual = mapping.value(accrual)
        let readContributors = mapping.value(contributors)
        let readSharedWith = mapping.value(sharedWith)
        guard let readPayer, let readPayee, let readAmount, let readIncrementalTo, let readCountedAt,
            let readCredits, let readEndsWith, let readEligible, let readMinimum, let readShortfall,
            let readRollover, let readOverage, let readAccrual, let readContributors, let readSharedWith
        else { return nil }
        let schedule: SpendCommitmentClause.Schedule =
            readSteps.map { .steps($0) } ?? readMilestones.map { .milestones($0) } ?? .total
        return SpendCommitmentClause(
            payer: readPayer, payee: readPayee, amount: readAmount, incrementalTo: readIncrementalTo,
            countedAt: readCountedAt, credits: readCredits, schedule: schedule, endsWith: readEndsWith,
            eligibility: readEligible, minimum: readMinimum, shortfall: readShortfall, rollover: readRollover,
            overage: readOverage, accrual: readAccrual, contributors: readContributors, sharedWith: readSharedWith)
    }

    private static let everything = SpendCommitmentClause.Eligibility(includes: [], excludes: [], marketplace: .whole)

    /// `none`, `{clause: …}` or `{baseline: …}`.
    private static let incrementType: ValueType<SpendCommitmentClause.Increment> = {
        let clause = Field.optional(
            "clause", ValueType<String>.identifier, "another commitment, which counts the spend first.")
        let baseline = Field.optional(
            "baseline", ValueType<String>.text, "spend outside the agreement, in the paper's words.")
        let table = FieldTable(
            "an increment", [clause.description, baseline.description],
            alternatives: [FieldTable.Alternatives(["clause", "baseline"], isRequired: true)])
        let mappingType: ValueType<SpendCommitmentClause.Increment> = table.type { mapping in
            let readClause = mapping.value(clause)
            let readBaseline = mapping.value(baseline)
            if mapping.keyPlace(of: "clause") == nil, mapping.keyPlace(of: "baseline") == nil {
                mapping.context.wrongShape(
                    YAMLNode(.mapping([]), at: mapping.place), expected: .either([.word(["none"]), table.shape]))
            }
            return readClause.map { .clause($0) } ?? readBaseline.map { .baseline($0) }
        }
        return mappingType.orWord("none", .none)
    }()

    private static let stepType: ValueType<SpendCommitmentClause.Step> = {
        let from = Field.required("from", ValueType<CivilDate>.day, "the first day.")
        let through = Field.required("through", ValueType<CivilDate>.day, "the last day.")
        let amount = Field.required("amount", ValueType<MoneyAmount>.money, "what is bought at least in these days.")
        return FieldTable("a step", [from.description, through.description, amount.description]).type { mapping in
            let readFrom = mapping.value(from)
            let readThrough = mapping.value(through)
            let readAmount = mapping.value(amount)
            guard let readFrom, let readThrough, let readAmount else { return nil }
            return SpendCommitmentClause.Step(from: readFrom, through: readThrough, amount: readAmount)
        }
    }()

    private static let milestoneType: ValueType<SpendCommitmentClause.Milestone> = {
        let through = Field.required("through", ValueType<CivilDate>.day, "the last day.")
        let amount = Field.required(
            "amount", ValueType<MoneyAmount>.money, "what must have been bought since the beginning.")
        return FieldTable("a milestone", [through.description, amount.description]).type { mapping in
            let readThrough = mapping.value(through)
            let readAmount = mapping.value(amount)
            guard let readThrough, let readAmount else { return nil }
            return SpendCommitmentClause.Milestone(through: readThrough, amount: readAmount)
        }
    }()

    private static let eligibilityType: ValueType<SpendCommitmentClause.Eligibility> = {
        let includes = Field.defaulted(
            "includes", names.orWord("all", []), to: [], written: "all", "the services that count.")
        let excludes = Field.defaulted(
            "excludes", names.orWord("none", []), to: [], written: "none", "the services that do not count.")
        let marketplace = Field.defaulted(
            "marketplace", ValueType<Percentage>.percentage(.zero...Percentage.whole), to: .whole, written: "100%",
            "which part of purchases in the marketplace counts.")
        let table = FieldTable(
            "what is eligible", [includes.description, excludes.description, marketplace.description])
        return table.type { mapping in
            let readIncludes = mapping.value(includes)
            let readExcludes = mapping.value(excludes)
            let readMarketplace = mapping.value(marketplace)
            guard let readIncludes, let readExcludes, let readMarketplace else { return nil }
            mapping.refuseExcludedAndIncluded(readIncludes, in: "includes", and: "excludes")
            return SpendCommitmentClause.Eligibility(
                includes: readIncludes, excludes: readExcludes, marketplace: readMarketplace)
        }
    }()

    private static let shortfallType: ValueType<SpendCommitmentClause.Shortfall> = {
        let charge = Field.defaulted(
            "charge", ValueType<Percentage>.percentage(.zero...Percentage.whole), to: .whole, written: "100%",
            "which part of the difference is paid.")
        let automatic = Field.defaulted(
            "automatic", ValueType<Bool>.boolean, to: false, written: "false",
            "whether it is invoiced without anybody asking.")
        return FieldTable("a shortfall", [charge.description, automatic.description]).type { mapping in
            let readCharge = mapping.value(charge)
            let readAutomatic = mapping.value(automatic)
            guard let readCharge, let readAutomatic else { return nil }
            return SpendCommitmentClause.Shortfall(charge: readCharge, isAutomatic: readAutomatic)
        }
    }()

    private static let rolloverType: ValueType<SpendCommitmentClause.Rollover> = {
        let atMost = Field.required("at_most", ValueType<Percentage>.share, "the part of the step's amount.")
        let periods = Field.defaulted(
            "periods", ValueType<Int64>.integer(1...40).map { Int($0) }, to: 1, written: "1",
            "into how many steps or milestones that follow.")
        return FieldTable("a rollover", [atMost.description, periods.description]).type { mapping in
            let readAtMost = mapping.value(atMost)
            let readPeriods = mapping.value(periods)
            guard let readAtMost, let readPeriods else { return nil }
            return SpendCommitmentClause.Rollover(atMost: readAtMost, periods: readPeriods)
        }
    }()
}
