// SPDX-License-Identifier: Apache-2.0

/// Which limit of a key a request does not fit under.
package enum KeyShortfall: Sendable, Equatable {
    case concurrent(limit: Int64)
    case requests(limit: Int64, retryAfterMilliseconds: Int64)
    case tokens(limit: Int64, demanded: Int64, retryAfterMilliseconds: Int64)
    /// The request alone is larger than the limit: waiting does not help.
    case tooManyTokens(limit: Int64, demanded: Int64)
    case budget(KeyBudget)
}
