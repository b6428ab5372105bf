// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// An order that changes state, as a command gives it to the running gateway or carries it out itself.
package enum ControlOrder: Codable, Sendable {
    /// Adopt the agreements in these files.
    case adopt([AgreementText])
    case record(EvidenceOrder)
    case newKey(KeyOrder)
    case revokeKey(String)
    /// Say how the gateway stands.
    case status

    /// A file's name and content.
    package struct AgreementText: Codable, Sendable {
        package var file: String
        package var content: Data

        package init(file: String, content: Data) {
            self.file = file
            self.content = content
        }
    }
}

/// What became of an order.
package enum ControlAnswer: Codable, Sendable {
    case adopted([AdoptedLine])
    case recorded(number: UInt64)
    case key(id: String, text: String)
    case revoked
    case status(StatusLines)
    /// The order was not carried out.
    case refused(code: String, message: String)

    /// One instrument.
    package struct AdoptedLine: Codable, Sendable, Equatable {
        package var agreement: String
        package var instrument: String
        package var isNew: Bool
    }

    /// How a gateway stands.
    package struct StatusLines: Codable, Sendable, Equatable {
        package var version: String
        package var boot: UInt64
        package var entries: UInt64
        package var revision: UInt64
        package var ledgerAvailable: Bool
    }
}

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

    package init(
        name: String, tenant: String, dimensions: [String: String], surface: String?, labels: [String: String],
        deadlineSeconds: Int64?, diagnostics: Bool
    ) {
        self.name = name
        self.tenant = tenant
        self.dimensions = dimensions
        self.surface = surface
        self.labels = labels
        self.deadlineSeconds = deadlineSeconds
        self.diagnostics = diagnostics
    }
}
