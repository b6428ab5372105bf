// SPDX-License-Identifier: Apache-2.0

/// Why an attempt ended without an answer that could be classified.
package enum LocalCause: CaseIterable, Sendable {
    /// No connection to the upstream.
    case connectFailed
    /// The upstream's name has no address.
    case nameNotResolved
    /// No TLS session with the upstream.
    case tlsFailed
    /// The connection ended before the answer did.
    case connectionLost
    /// The upstream sent what is not HTTP, or not an answer.
    case malformedResponse
    /// Our own rate limiter.
    case limiter
    /// Our own budget.
    case budget
    /// Our own queue.
    case queueFull
    /// Our own judgement that the upstream fails.
    case circuitOpen
    /// Our own deadline.
    case timeout
    /// The client went away.
    case clientGone

    /// How the ledger names the cause.
    var vendorCode: VendorCode {
        switch self {
        case .connectFailed: .connectFailed
        case .nameNotResolved: .nameNotResolved
        case .tlsFailed: .tlsFailed
        case .connectionLost: .connectionLost
        case .malformedResponse: .malformedResponse
        case .limiter: .limiter
        case .budget: .budget
        case .queueFull: .queueFull
        case .circuitOpen: .circuitOpen
        case .timeout: .timeout
        case .clientGone: .clientGone
        }
    }

    /// An outage when the fault lies there, `ours` when it lies here.
    ///
    /// Neither is ever a capacity signal.
    var signalClass: SignalClass {
        switch self {
        case .connectFailed, .nameNotResolved, .tlsFailed, .connectionLost, .malformedResponse: .outage
        case .limiter, .budget, .queueFull, .circuitOpen, .timeout, .clientGone: .ours
        }
    }
}
