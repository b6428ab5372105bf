// SPDX-License-Identifier: Apache-2.0

/// One line of the hourly sums.
package struct UsageRow: Sendable, Equatable {
    package var cloud: String
    package var model: String
    package var ground: String
    package var outcome: String
    package var basis: String
    package var requests: UInt64
    package var promptTokens: UInt64
    package var completionTokens: UInt64
}
