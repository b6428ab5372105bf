// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let priceTerms: ClauseKind = {
        let seller = Field.required("seller", .reference(.party), "the party that sells.")
        let buyer = Field.required("buyer", .reference(.party), "the party that buys.")
        let currency = Field.required(
            "currency", ValueType<Currency>.currency, "the currency of every amount in the clause.")
        let rates = Field.defaulted(
            "rates", rateType.keyed(1...ValueLimits.clausesMax).orWord("none", []), to: [], written: "none",
            "the prices, by what is priced.")
        let discount = Field.defaulted(
            "discount", ValueType<TieredRate>.tieredRate.orNothing("none"), to: nil, written: "none",
            "what is taken off the list.")
        let list = Field.optional(
            "list", ValueType<String>.text, "which list the discount is taken off, in the paper's words.")
        let hold = Field.defaulted(
            "hold_through", ValueType<CivilDate>.day.orNothing("none"), to: nil, written: "none",
            "the last day on which list prices may not rise.")
        let mostFavoured = Field.defaulted(
            "most_favoured", ValueType<PriceTermsClause.MostFavoured>.word, to: .none, written: "none",
            "whether a better price for somebody else is reported; no price changes by itself.")
        return ClauseKind(
            name: "price-terms", summary: "Fixes what is paid for a unit, or what is taken off a list.",
            fields: [
                seller.description, buyer.description, currency.description, rates.description,
                discount.description, list.description, hold.description, mostFavoured.description,
            ]
        ) { mapping in
            let readSeller = mapping.value(seller)
            let readBuyer = mapping.value(buyer)
            let readCurrency = mapping.value(currency)
            let readRates = mapping.value(rates)
            let readDiscount = mapping.value(discount)
            let readList = mapping.value(list)
            let readHold = mapping.value(hold)
            let readMostFavoured = mapping.value(mostFavoured)
            guard let readSeller, let readBuyer, let readCurrency, let readRates, let readDiscount, let readHold,
                let readMostFavoured
            else { return nil }
            let clause = PriceTermsClause(
                seller: readSeller, buyer: readBuyer, currency: readCurrency,
                rates: readRates.map { .init(item: $0.id, price: $0.value.price, per: $0.value.per) },
                discount: readDiscount, list: readList, holdThrough: readHold, mostFavoured: readMostFavoured)
            check(clause, mapping)
            return .priceTerms(clause)
        }
    }()

    private static func check(_ clause: PriceTermsClause, _ mapping: MappingReading) {
        if clause.seller == clause.buyer {
            mapping.refuseSameParty(in: "seller", and: "buyer", offending: clause.buyer)
        }
        mapping.refuseOtherCurrencies(
            than: clause.currency,
            in: clause.rates.map { ("rates", $0.price) } + (clause.discount?.bounds ?? []).map { ("discount", $0) })
        if mapping.node(of: "rates")?.entries == nil, clause.discount == nil, clause.holdThrough == nil,
            clause.mostFavoured == .none
        {
            mapping.context.error(
                .emptyPriceTerms, at: mapping.place, offending: "", message: "the clause fixes no price",
                expected: "`rates`, `discount`, `hold_through` or `most_favoured`",
                mend: "write what the paper fixes, or keep the sentence under `statements`")
        }
        if let list = clause.list, clause.discount == nil, clause.holdThrough == nil {
            mapping.context.warning(
                .listUnused, at: mapping.place(of: "list"), offending: list,
                message: "the list has no effect: nothing is taken off it, and it may rise",
                expected: "`discount` or `hold_through` beside `list`", mend: "add one of them, or delete the key")
        }
    }

    private struct Rate: Sendable {
        var price: MoneyAmount
        var per: Quantity
    }

    private static let rateType: ValueType<Rate> = {
        let price = Field.required(
            "price", ValueType<MoneyAmount>.price, "the price, which may be finer than the smallest coin.")
        let per = Field.required("per", ValueType<Quantity>.quantity, "for how much, such as 1000000 tokens.")
        return FieldTable("a price", [price.description, per.description]).type { mapping in
            let readPrice = mapping.value(price)
            let readPer = mapping.value(per)
            guard let readPrice, let readPer else { return nil }
            return Rate(price: readPrice, per: readPer)
        }
    }()
}
