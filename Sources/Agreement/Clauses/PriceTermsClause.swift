// SPDX-License-Identifier: Apache-2.0

/// Fixes what is paid for a unit, or what is taken off a list.
package struct PriceTermsClause: Sendable, Equatable {
    /// The price of one thing.
    package struct Price: Sendable, Equatable {
        /// The identifier of what is priced.
        package var item: String
        package var price: MoneyAmount
        /// For how much of it.
        package var per: Quantity

        package init(item: String, price: MoneyAmount, per: Quantity) {
            self.item = item
            self.price = price
            self.per = per
        }
    }

    /// What a better price for somebody else does.
    package enum MostFavoured: String, Sendable, CaseIterable {
        /// Nothing.
        case none
        /// It is reported to people; no price changes by itself.
        case alert
    }

    package var seller: String
    package var buyer: String
    package var currency: Currency
    /// The prices, ordered by item.
    package var rates: [Price]
    /// What is taken off the list; `nil` means nothing.
    package var discount: TieredRate?
    /// Which list the discount is taken off, in the paper's words.
    package var list: String?
    /// The last day on which list prices may not rise; `nil` means that they may.
    package var holdThrough: CivilDate?
    package var mostFavoured: MostFavoured

    package init(
        seller: String, buyer: String, currency: Currency, rates: [Price], discount: TieredRate?, list: String?,
        holdThrough: CivilDate?, mostFavoured: MostFavoured
    ) {
        self.seller = seller
        self.buyer = buyer
        self.currency = currency
        self.rates = rates
        self.discount = discount
        self.list = list
        self.holdThrough = holdThrough
        self.mostFavoured = mostFavoured
    }
}
