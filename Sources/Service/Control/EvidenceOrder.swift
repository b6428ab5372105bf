// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// What a person records.
package struct EvidenceOrder: Codable, Sendable {
    /// `decline`, `launch`, `event`, `override` or `revocation`.
    package var kind: String
    /// The person.
    package var by: String
    /// The party for which the person speaks.
    package var party: String
    /// The second person.
    package var second: String?
    package var documentName: String?
    package var documentSHA256: Data?
    package var cloud: String?
    package var features: [String] = []
    package var models: [String] = []
    package var product: String?
    package var agreement: String?
    package var event: String?
    package var step: String?
    package var reason: String?
    /// The number of the record to revoke.
    package var of: UInt64?
    /// Instants as RFC 3339 texts.
    package var requested: String?
    package var answered: String?
    package var at: String?
    package var from: String?
    package var until: String?

    package init(kind: String, by: String, party: String) {
        self.kind = kind
        self.by = by
        self.party = party
    }
}
