// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What a client shows to be let in, and what its requests are in the agreement's terms.
package struct VirtualKey: Sendable, Equatable {
    /// The key's identifier, the middle part of what the client shows.
    package var id: String
    /// HMAC-SHA256 of the whole key under the store's pepper; the key itself is nowhere.
    package var digest: [UInt8]
    /// A name for people.
    package var name: String
    /// Who pays.
    package var tenant: String
    /// Dimensions of the workload: product, customer class, channel, data class, region.
    package var dimensions: [Dimension: String]
    /// The surface, where it is not the API's own.
    package var surface: Surface?
    /// Labels for reports, such as team and cost centre.
    package var labels: [String: String]
    /// The longest that a request may take, in milliseconds.
    package var deadlineMilliseconds: Int64
    /// Whether answers say the ground and the deployment.
    package var diagnostics: Bool
    package var isRevoked: Bool
    /// What it may use.
    package var limits: KeyLimits

    /// The deadline where none is set: ten minutes, the clients' own.
    package static let deadlineDefaultMilliseconds: Int64 = 600_000

    package init(
        id: String, digest: [UInt8], name: String, tenant: String, dimensions: [Dimension: String],
        surface: Surface? = nil, labels: [String: String] = [:],
        deadlineMilliseconds: Int64 = VirtualKey.deadlineDefaultMilliseconds, diagnostics: Bool = false,
        isRevoked: Bool = false, limits: KeyLimits = KeyLimits()
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
        self.isRevoked = isRevoked
        self.limits = limits
    }
}
