// SPDX-License-Identifier: Apache-2.0

package import Providers

/// Something about a deployment or an account that people should learn of.
package struct RoutingNotice: Sendable, Equatable {
    /// What happened.
    package enum Event: Sendable, Equatable {
        case deploymentRests
        /// It answers, well or not, and rests no more.
        case deploymentAnswers
        case accountRests, accountWorks
    }

    package var event: Event
    /// The deployment; or the upstream whose account it is, or the deployment that the account may not use.
    package var subject: String
    /// Where it was met, as `host:port`.
    package var address: String
    /// How the attempt ended that showed it; `nil` where the answer still goes on.
    package var signal: Signal?

    /// Whether it is about an account.
    package var isOfAccount: Bool { event == .accountRests || event == .accountWorks }
    /// Whether something does not work any more.
    package var isTrouble: Bool { event == .deploymentRests || event == .accountRests }
}
