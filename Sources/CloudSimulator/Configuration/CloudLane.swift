// SPDX-License-Identifier: Apache-2.0

/// Capacity that one or more deployments of a simulated cloud share.
package struct CloudLane: Equatable, Sendable {
    /// How the capacity was bought.
    package enum Kind: String, Sendable {
        /// Provisioned throughput: a leaky bucket that admits while it is under 100 %.
        case reserved
        /// A shared pool that admits what fits.
        case onDemand = "on-demand"
    }

    /// The deployment or model names that requests may give.
    package var deployments: [String]
    package var kind: Kind
    /// What the lane can really serve, prompt and answer together, before the speed factor.
    package var tokensPerMinute: Int
    /// The caller's own quota of requests, if it has one; on-demand lanes only.
    package var quotaRequestsPerMinute: Int?
    /// The caller's own quota of tokens, if it has one; on-demand lanes only.
    package var quotaTokensPerMinute: Int?

    /// The lane's name in counters and control calls: its first deployment.
    package var name: String { deployments.first ?? "" }

    package init(
        deployments: [String],
        kind: Kind,
        tokensPerMinute: Int,
        quotaRequestsPerMinute: Int? = nil,
        quotaTokensPerMinute: Int? = nil
    ) {
        self.deployments = deployments
        self.kind = kind
        self.tokensPerMinute = tokensPerMinute
        self.quotaRequestsPerMinute = quotaRequestsPerMinute
        self.quotaTokensPerMinute = quotaTokensPerMinute
    }
}
