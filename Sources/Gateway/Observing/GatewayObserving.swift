// SPDX-License-Identifier: Apache-2.0

/// What the data plane tells besides its counts; whoever composes the process gives it these functions.
package struct GatewayObserving: Sendable {
    /// Takes a line of the access log, without its line end, and never blocks; `nil` where none is kept.
    package var accessLine: (@Sendable ([UInt8]) -> Void)?
    /// Of so many requests that were served one has a line; what was not served always has.
    package var accessSample: Int

    package init(accessLine: (@Sendable ([UInt8]) -> Void)? = nil, accessSample: Int = 1) {
        self.accessLine = accessLine
        self.accessSample = max(1, accessSample)
    }
}
