// SPDX-License-Identifier: Apache-2.0

/// Which lane of the primary served an answer.
package enum ServedLane: Sendable {
    /// The lane that the request was sent to.
    case addressed
    /// The on-demand lane, to which the provider itself moved the request: it stayed on the primary.
    case onDemand
}
