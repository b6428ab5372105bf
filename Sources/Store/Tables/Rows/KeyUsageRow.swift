// SPDX-License-Identifier: Apache-2.0

/// What a key used of a model on a deployment in a period.
package struct KeyUsageRow: Sendable, Equatable {
    /// The periods by which it is summed, in UTC; the numbers are those of the table.
    package enum Period: Int64, Sendable, CaseIterable {
        case day = 0
        case month = 1
    }

    package var period: Period
    package var key: String
    package var model: String
    /// Empty where the log does not say, as for a request that was interrupted before it was tried.
    package var deployment: String
    package var promptTokens: UInt64
    /// Part of the prompt's tokens.
    package var cachedTokens: UInt64
    package var completionTokens: UInt64
}
