// SPDX-License-Identifier: Apache-2.0

/// What a key used of a model on a deployment since a day, and since a later one.
package struct KeyUsageRow: Sendable, Equatable {
    /// Tokens by their kinds.
    package struct Tokens: Sendable, Equatable {
        package var prompt: UInt64
        package var cached: UInt64
        package var completion: UInt64
    }

    package var key: String
    package var model: String
    /// Empty where the log does not say, as for a request that was interrupted before it was tried.
    package var deployment: String
    package var sinceFirst: Tokens
    package var sinceSecond: Tokens
}
