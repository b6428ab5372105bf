// SPDX-License-Identifier: Apache-2.0

/// Where a secret is found when the gateway starts.
package enum SecretSource: Sendable, Hashable {
    /// An environment variable of this name.
    case env(String)
    /// A file at this path.
    case file(String)

    /// What the table of its keys is called.
    static let tableName = "the source of a key"
}
