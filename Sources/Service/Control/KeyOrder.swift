// SPDX-License-Identifier: Apache-2.0

/// A virtual key to be made.
package struct KeyOrder: Codable, Sendable {
    package var name: String
    package var tenant: String
    /// Dimensions by their names.
    package var dimensions: [String: String]
    package var surface: String?
    package var labels: [String: String]
    package var deadlineSeconds: Int64?
    package var diagnostics: Bool
    package var limits: KeyLimitsOrder

    package init(
        name: String, tenant: String, dimensions: [String: String], surface: String?, labels: [String: String],
        deadlineSeconds: Int64?, diagnostics: Bool, limits: KeyLimitsOrder = KeyLimitsOrder()
    ) {
        self.name = name
        self.tenant = tenant
        self.dimensions = dimensions
        self.surface = surface
        self.labels = labels
        self.deadlineSeconds = deadlineSeconds
        self.diagnostics = diagnostics
        self.limits = limits
    }
}
