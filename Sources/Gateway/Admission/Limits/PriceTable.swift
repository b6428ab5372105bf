// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The prices of a configuration's deployments, immutable and shared by the event loops.
package struct PriceTable: Sendable, Equatable {
    /// A deployment, its model and what it costs where that is configured.
    package struct Line: Sendable, Equatable {
        package var deployment: String
        package var model: String
        package var price: TokenPrice?

        package init(deployment: String, model: String, price: TokenPrice?) {
            self.deployment = deployment
            self.model = model
            self.price = price
        }
    }

    private let prices: [String: TokenPrice]
    /// For each model the dearest price of its deployments; absent where one of them has none or another currency.
    private let ceilings: [String: TokenPrice]

    /// The prices of these deployments.
    package init(_ lines: [Line] = []) {
        prices = Dictionary(
            lines.compactMap { line in line.price.map { (line.deployment, $0) } }, uniquingKeysWith: { _, last in last }
        )
        ceilings = Dictionary(grouping: lines, by: \.model).compactMapValues { lines in
            guard let first = lines.first?.price else { return nil }
            var ceiling = first
            for line in lines {
                guard let price = line.price, price.currency == ceiling.currency else { return nil }
                ceiling = ceiling.ceiling(price)
            }
            return ceiling
        }
    }

    /// The most that a token of a model costs on whatever deployment serves it; `nil` where that can't be said.
    package func ceiling(ofModel model: String, in currency: Currency) -> TokenPrice? {
        ceilings[model].flatMap { $0.currency == currency ? $0 : nil }
    }

    /// What a deployment costs; the most for its model where it has no price or is not known.
    package func price(ofDeployment deployment: String, model: String, in currency: Currency) -> TokenPrice? {
        if let price = prices[deployment], price.currency == currency { return price }
        return ceiling(ofModel: model, in: currency)
    }
}
