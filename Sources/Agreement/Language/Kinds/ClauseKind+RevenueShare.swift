// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let revenueShare: ClauseKind = {
        let payer = Field.required("payer", .reference(.party), "the party that pays a part of its revenue.")
        let payee = Field.required("payee", .reference(.party), "the party that receives it.")
        let currency = Field.required(
            "currency", ValueType<Currency>.currency, "the currency of every amount in the clause.")
        let rate = Field.required("rate", ValueType<TieredRate>.tieredRate, "the part that is paid, or its tiers.")
        let base = Field.required("base", baseType, "what the rate is a percentage of.")
        let deductions = Field.defaulted(
            "deductions", deductionType.list(1...64).orWord("none", []), to: [], written: "none",
            "what else is taken off the base.")
        let period = Field.required("period", ValueType<SettlementPeriod>.word, "how often it is settled.")
        let due = Field.optional(
            "due", ValueType<Int64>.duration(3_600_000...366 * 86_400_000),
            "how long after the end of a period payment is due.")
        let cap = Field.defaulted(
            "cap", capType.orNothing("none"), to: nil, written: "none", "the most that is paid in all.")
        let minimum = Field.defaulted(
            "minimum", ValueType<PeriodicAmount>.periodicAmount.orNothing("none"), to: nil, written: "none",
            "what is paid at least in each of some periods.")
        let stop = Field.defaulted(
            "stops_when", stopType.orNothing("never"), to: nil, written: "never",
            "the reading of a meter from which on nothing more is due.")
        let netsWith = Field.defaulted(
            "nets_with", ValueType<String>.identifier.orNothing("none"), to: nil, written: "none",
            "the clause with the payments in the other direction, against which this one is netted.")
        let rounding = Field.defaulted(
            "rounding", ValueType<RoundingMode>.word, to: .halfEven, written: "half-even",
            "how a line of a statement is rounded.")
        return ClauseKind(
            name: "revenue-share", summary: "Has a party pay a part of its revenue to another.",
            fields: [
                payer.description, payee.description, currency.description, rate.description, base.description,
                deductions.description, period.description, due.description, cap.description, minimum.description,
                stop.description, netsWith.description, rounding.description,
            ]
        ) { mapping in
            let readPayer = mapping.value(payer)
            let readPayee = mapping.value(payee)
            let readCurrency = mapping.value(currency)
            let readRate = mapping.value(rate)
            let readBase = mapping.value(base)
            let readDeductions = mapping.value(deductions)
            let readPeriod = mapping.value(period)
            let readDue = mapping.value(due)
            let readCap = mapping.value(cap)
            let readMinimum = mapping.value(minimum)
            let readStop = mapping.value(stop)
            let readNetsWith = mapping.value(netsWith)
            let readRounding = mapping.value(rounding)
            guard let readPayer, let readPayee, let readCurrency, let readRate, let readBase, let readDeductions,
                let readPeriod, let readCap, let readMinimum, let readStop, let readNetsWith, let readRounding
            else { return nil }
            let clause = RevenueShareClause(
                payer: readPayer, payee: readPayee, currency: readCurrency, rate: readRate, base: readBase,
                deductions: readDeductions, period: readPeriod, dueMilliseconds: readDue, cap: readCap,
                minimum: readMinimum, stop: readStop, netsWith: readNetsWith, rounding: readRounding)
            check(clause, mapping)
            return .revenueShare(clause)
        }
    }()

    private static func check(_ clause: RevenueShareClause, _ mapping: MappingReading) {
        if clause.payer == clause.payee {
            mapping.refuseSameParty(in: "payer", and: "payee", offending: clause.payee)
        }
        let deducted = clause.deductions.map { deduction -> (key: String, amount: MoneyAmount?) in
            if case .amount(let amount) = deduction.size { return ("deductions", amount) }
            return ("deductions", nil)
        }
        mapping.refuseOtherCurrencies(
            than: clause.currency,
            in: clause.rate.bounds.map { ("rate", $0) } + deducted + [("cap", clause.cap?.amount)]
                + [("minimum", clause.minimum?.amount)])
        if let cap = clause.cap, let minimum = clause.minimum, cap.amount.currency == minimum.amount.currency,
            cap.amount.femtoUnits < minimum.amount.femtoUnits
        {
            mapping.context.error(
                .capBelowMinimum, at: mapping.place(of: "cap"), offending: cap.amount.description,
                message: "the cap on all payments is below the minimum of one \(minimum.period.rawValue)",
                expected: "a cap of at least \(minimum.amount)", mend: "check both amounts")
        }
        var seen: Set<String> = []
        for item in mapping.node(of: "deductions")?.items ?? [] {
            guard let id = item.entry("id")?.value, let name = id.text, !seen.insert(name).inserted else { continue }
            mapping.context.error(
                .duplicateID, at: id.place, offending: name, message: "the clause has two deductions of this name",
                expected: "an identifier of its own for each deduction", mend: "rename one of them")
        }
    }

    private static let baseType: ValueType<RevenueShareClause.Base> = {
        let measure = Field.required(
            "measure", ValueType<RevenueShareClause.Base.Measure>.word, "where the numbers come from.")
        let includes = Field.required(
            "includes", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax),
            "the revenue that counts, by the names under which it is imported.")
        let excludes = Field.defaulted(
            "excludes", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
            written: "none", "the revenue that does not count.")
        let netOf = Field.defaulted(
            "net_of", ValueType<RevenueShareClause.Base.Reduction>.word.list(1...4).orWord("none", []),
            to: [.tax, .refunds, .credits], written: "[tax, refunds, credits]",
            "what is taken off before the rate applies.")
        let table = FieldTable(
            "a base", [measure.description, includes.description, excludes.description, netOf.description])
        return table.type { mapping in
            let readMeasure = mapping.value(measure)
            let readIncludes = mapping.value(includes)
            let readExcludes = mapping.value(excludes)
            let readNetOf = mapping.value(netOf)
            guard let readMeasure, let readIncludes, let readExcludes, let readNetOf else { return nil }
            mapping.refuseExcludedAndIncluded(readIncludes, in: "includes", and: "excludes")
            return RevenueShareClause.Base(
                measure: readMeasure, includes: readIncludes, excludes: readExcludes, netOf: readNetOf)
        }
    }()

    private static let deductionType: ValueType<RevenueShareClause.Deduction> = {
        let id = Field.required("id", ValueType<String>.identifier, "the name that statements show.")
        let percentage = ValueType<Percentage>.share
        let amount = ValueType<MoneyAmount>.money
        let sizeType = ValueType<RevenueShareClause.Deduction.Size>(.either([percentage.shape, amount.shape])) {
            node, context in
            guard node.text?.hasSuffix("%") ?? false else { return amount.read(node, context).map { .amount($0) } }
            return percentage.read(node, context).map { .percentage($0) }
        }
        let size = Field.required("size", sizeType, "a part of the base, or a sum in each period.")
        let text = Field.optional("text", ValueType<String>.text, "the words of the paper.")
        return FieldTable("a deduction", [id.description, size.description, text.description]).type { mapping in
            let readID = mapping.value(id)
            let readSize = mapping.value(size)
            let readText = mapping.value(text)
            guard let readID, let readSize else { return nil }
            return RevenueShareClause.Deduction(id: readID, size: readSize, text: readText)
        }
    }()

    private static let capType: ValueType<RevenueShareClause.Cap> = {
        let amount = Field.required("amount", ValueType<MoneyAmount>.money, "the most that is paid in all.")
        let basis = Field.required(
            "basis", ValueType<RevenueShareClause.Cap.Basis>.word, "whether payments count before or after netting.")
        let countsFrom = Field.required(
            "counts_from", ValueType<CivilDate>.day, "the first day whose payments count.")
        let onRefund = Field.defaulted(
            "on_refund", ValueType<RevenueShareClause.Cap.Refund>.word, to: .reopen, written: "reopen",
            "whether a refund gives headroom back.")
        let table = FieldTable(
            "a cap", [amount.description, basis.description, countsFrom.description, onRefund.description])
        return table.type { mapping in
            let readAmount = mapping.value(amount)
            let readBasis = mapping.value(basis)
            let readCountsFrom = mapping.value(countsFrom)
            let readOnRefund = mapping.value(onRefund)
            guard let readAmount, let readBasis, let readCountsFrom, let readOnRefund else { return nil }
            return RevenueShareClause.Cap(
                amount: readAmount, basis: readBasis, countsFrom: readCountsFrom, onRefund: readOnRefund)
        }
    }()

    private static let stopType: ValueType<RevenueShareClause.Stop> = {
        let meter = Field.required(
            "meter", ValueType<String>.identifier, "the name under which readings are recorded.")
        let atLeast = Field.required(
            "at_least", ValueType<Quantity>.quantity, "the reading from which on nothing more is due.")
        let text = Field.optional("text", ValueType<String>.text, "the condition in the paper's words.")
        return FieldTable("a stop", [meter.description, atLeast.description, text.description]).type { mapping in
            let readMeter = mapping.value(meter)
            let readAtLeast = mapping.value(atLeast)
            let readText = mapping.value(text)
            guard let readMeter, let readAtLeast else { return nil }
            return RevenueShareClause.Stop(meter: readMeter, atLeast: readAtLeast, text: readText)
        }
    }()
}
