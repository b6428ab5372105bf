// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// An order that changes state, as a command gives it to the running gateway or carries it out itself.
package enum ControlOrder: Codable, Sendable {
    /// Adopt the agreements in these files.
    case adopt([AgreementText])
    case record(EvidenceOrder)
    case newKey(KeyOrder)
    case revokeKey(String)
    /// Change what a key may use.
    case setKey(id: String, KeyLimitsOrder)
    /// Read the configuration again and put it in force.
    case reload
    /// Say how the gateway stands.
    case status

    /// Whether it only makes sense to a running gateway.
    var isReload: Bool { if case .reload = self { true } else { false } }

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
