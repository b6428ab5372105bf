// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A virtual key as it is stored: everything but the key.
package struct StoredKey: Sendable, Equatable {
    package var id: String
    /// HMAC-SHA256 of the key under the folder's pepper.
    package var digest: [UInt8]
    package var name: String
    package var tenant: String
    /// Dimensions by their names.
    package var dimensions: [String: String]
    package var surface: String?
    package var labels: [String: String]
    package var deadlineMilliseconds: Int64
    package var diagnostics: Bool
    package var created: Instant
    package var revoked: Instant?
    package var limits: StoredKeyLimits

    package init(
        id: String, digest: [UInt8], name: String, tenant: String, dimensions: [String: String], surface: String?,
        labels: [String: String], deadlineMilliseconds: Int64, diagnostics: Bool, created: Instant, revoked: Instant?,
        limits: StoredKeyLimits = StoredKeyLimits()
    ) {
        self.id = id
        self.digest = digest
        self.name = name
        self.tenant = tenant
        self.dimensions = dimensions
        self.surface = surface
        self.labels = labels
        self.deadlineMilliseconds = deadlineMilliseconds
        self.diagnostics = diagnostics
        self.created = created
        self.revoked = revoked
        self.limits = limits
    }
}
