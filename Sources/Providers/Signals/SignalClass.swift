// SPDX-License-Identifier: Apache-2.0

/// What an upstream's answer means for placement.
///
/// The raw values are written into the ledger.
package enum SignalClass: UInt8, CaseIterable, Sendable {
    /// The upstream serves the request.
    case success = 0
    /// The reserved lane is used up: the next lane of the primary is tried, and nothing more follows.
    case reservedFull
    /// The provider says that it lacks capacity: the one class that can be a ground.
    case noCapacity
    /// Our own rate or token quota is used up.
    case ownQuota
    /// We grow faster than the provider allows.
    case ramp
    /// Credit, spend limit or subscription.
    case billing
    /// The credential is refused.
    case auth
    /// The request or its target is at fault.
    case request
    /// A content policy refused the prompt or the answer.
    case filter
    /// The upstream, or the way to it, fails.
    case outage
    /// We or our client ended the attempt.
    case ours
}
