// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Gateway

/// A deployment with what the gateway needs to reach it.
package struct DeploymentSettings: Sendable, Equatable {
    /// What decisions read of it.
    package var deployment: Deployment
    /// The name of its upstream.
    package var upstream: String
    /// The model's name at the provider; on Azure the deployment's name.
    package var upstreamModel: String
    /// The tokens a minute that it was bought with; `nil` where nobody said.
    package var tokensPerMinute: Int?
    /// What its tokens cost, for the budgets of keys; `nil` where nobody said.
    package var price: TokenPrice?

    package init(
        deployment: Deployment, upstream: String, upstreamModel: String, tokensPerMinute: Int? = nil,
        price: TokenPrice? = nil
    ) {
        self.deployment = deployment
        self.upstream = upstream
        self.upstreamModel = upstreamModel
        self.tokensPerMinute = tokensPerMinute
        self.price = price
    }
}
