// SPDX-License-Identifier: Apache-2.0

/// What a request brings by itself, above all what it has met so far; the bits are positions among the model's candidates.
package struct OwnSignals: Sendable, Hashable {
    /// Deployments that failed this request and are not tried again, unless a clause obliges to a wait.
    package var tried: UInt64 = 0
    /// Deployments that answered that there is no capacity.
    package var noCapacity: UInt64 = 0
    /// Deployments that answered that our quota is used up.
    package var ownQuota: UInt64 = 0
    /// Deployments that could not be reached or failed by themselves.
    package var outage: UInt64 = 0
    /// How often the primary's last lane has answered with a signal that may count.
    package var lastLaneAnswers: UInt8 = 0
    /// The request's part of the migration that touches it, below ``MigrationBucket/count``; `nil` where none does.
    package var bucket: UInt16?

    package init() {}
}
