// SPDX-License-Identifier: Apache-2.0

/// A request that a lane has taken in.
package struct ServedRequest: Equatable {
    /// The lane's position in the configuration.
    package let lane: Int
    /// What was asked for.
    package let request: CloudRequest
    /// How long the answer is.
    package let completionTokens: Int
    /// How fast it comes.
    package let pace: Pace
    /// What goes wrong with it, if something does.
    package let fault: CloudFault?
    /// As they were at the admission, this request included.
    package let rateLimits: RateLimits?

    package init(
        lane: Int,
        request: CloudRequest,
        completionTokens: Int,
        pace: Pace,
        fault: CloudFault? = nil,
        rateLimits: RateLimits? = nil
    ) {
        self.lane = lane
        self.request = request
        self.completionTokens = completionTokens
        self.pace = pace
        self.fault = fault
        self.rateLimits = rateLimits
    }

    /// The completion tokens that the usage tells; nil where it tells none.
    package var completionTokensReported: Int? {
        switch fault {
        case .usageAbsent: nil
        case .usageWrong(let tokens): tokens
        default: completionTokens
        }
    }
}
