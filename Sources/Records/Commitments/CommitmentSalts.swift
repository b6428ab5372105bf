// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Crypto

/// The salts under which the ledger names keys, tenants and labels.
///
/// Each salt is HMAC-SHA256 of the key's identifier and the hour under the log's secret, so that one hour of one key
/// can be disclosed without any other.
package struct CommitmentSalts: Sendable {
    /// How long one salt holds: an hour, in nanoseconds.
    package static let periodNanoseconds: Int64 = 3_600_000_000_000

    let secret: SymmetricKey

    /// The salts of a log.
    ///
    /// - Parameter secret: the log's secret, 32 bytes.
    package init(secret: [UInt8]) {
        self.secret = SymmetricKey(data: secret)
    }

    /// The commitments of a decision that is admitted at an instant.
    package func commitments(
        key: String, tenant: String, labels: [String: String], at: Instant
    ) -> DecisionEntry.Commitments {
        let salt = salt(key: key, at: at)
        // Names and values hold no line break, so that no two sets of labels give the same text.
        let joined = labels.sorted { $0.key < $1.key }.map { "\($0.key)\n\($0.value)" }.joined(separator: "\n")
        return DecisionEntry.Commitments(
            key: Self.commit("key", key, salt: salt), tenant: Self.commit("tenant", tenant, salt: salt),
            labels: Self.commit("labels", joined, salt: salt))
    }

    /// The salt of a key in the hour of an instant: what is disclosed to open its commitments.
    package func salt(key: String, at: Instant) -> [UInt8] {
        let hour = at.nanoseconds / Self.periodNanoseconds
        return Array(HMAC<SHA256>.authenticationCode(for: Array("\(key)\n\(hour)".utf8), using: secret))
    }

    /// SHA-256 of the salt, the field's name and the value, which opens a commitment once the salt is disclosed.
    package static func commit(_ field: String, _ value: String, salt: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: salt + Array("\(field)\n\(value)".utf8)))
    }
}
