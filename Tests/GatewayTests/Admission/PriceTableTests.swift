// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Testing

@Suite("Prices for budgets")
struct PriceTableTests {
    @Test("P23: tokens times price is an exact amount, the cached tokens at their own price")
    func exact() throws {
        let usd = try #require(Currency(code: "USD"))
        // 2.50, 1.25 and 10 dollars a million tokens.
        let price = TokenPrice(
            currency: usd, input: 2_500_000_000, cachedInput: 1_250_000_000, output: 10_000_000_000)
        let cost = price.cost(prompt: 1_000_000, cached: 400_000, completion: 500_001)
        // 1.50 + 0.50 + 5.00001
        #expect(MoneyAmount(femtoUnits: cost, currency: usd).description == "7.00001 USD")
    }

    @Test("P30: a model has a dearest price only where each of its deployments has one in the currency")
    func ceilings() throws {
        let usd = try #require(Currency(code: "USD"))
        let eur = try #require(Currency(code: "EUR"))
        func price(_ input: Int64, _ output: Int64, _ currency: Currency) -> TokenPrice {
            TokenPrice(currency: currency, input: input, cachedInput: input, output: output)
        }
        let table = PriceTable([
            .init(deployment: "a", model: "m", price: price(1, 9, usd)),
            .init(deployment: "b", model: "m", price: price(2, 8, usd)),
            .init(deployment: "c", model: "half", price: price(1, 1, usd)),
            .init(deployment: "d", model: "half", price: nil),
            .init(deployment: "e", model: "mixed", price: price(1, 1, usd)),
            .init(deployment: "f", model: "mixed", price: price(1, 1, eur)),
        ])
        #expect(table.ceiling(ofModel: "m", in: usd) == price(2, 9, usd))
        #expect(table.ceiling(ofModel: "m", in: eur) == nil)
        #expect(table.ceiling(ofModel: "half", in: usd) == nil)
        #expect(table.ceiling(ofModel: "mixed", in: usd) == nil)
        #expect(table.price(ofDeployment: "b", model: "m", in: usd) == price(2, 8, usd))
        #expect(table.price(ofDeployment: "gone", model: "m", in: usd) == price(2, 9, usd))
    }

    @Test(
        "Budgets are an amount, a currency and a period",
        arguments: [
            ("50 USD/month", true), ("2.50 EUR/day", true), ("50/month", false), ("50 USD", false),
            ("0 USD/day", false), ("50 USD/year", false), ("-1 USD/day", false), ("", false),
        ])
    func budgets(text: String, isOne: Bool) {
        #expect((KeyBudget(text: text) != nil) == isOne)
        #expect(KeyBudget(text: text).map(\.description) == (isOne ? text.replacing("2.50", with: "2.5") : nil))
    }

    @Test(
        "A key's models are names, or beginnings with a star",
        arguments: [
            ([], "x", true), (["gpt-5"], "gpt-5", true), (["gpt-5"], "gpt-5-mini", false),
            (["gpt-5*"], "gpt-5-mini", true), (["a", "o4-*"], "o4-mini", true), (["*"], "x", true), (["b"], "B", false),
        ]
            as [([String], String, Bool)])
    func models(list: [String], model: String, isAllowed: Bool) {
        #expect(KeyLimits(models: list).allows(model: model) == isAllowed)
    }
}
