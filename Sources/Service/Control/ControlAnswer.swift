// SPDX-License-Identifier: Apache-2.0

package import Store

/// What became of an order.
package enum ControlAnswer: Codable, Sendable {
    case adopted([AdoptedLine])
    /// The number of the record, and how many recorders have to attest before it, or what it attests to, counts.
    case recorded(number: UInt64, recordersMissing: Int)
    case key(id: String, text: String)
    case revoked
    /// What a key may use from now on.
    case keySet(StoredKeyLimits)
    case reloaded(ReloadOutcome)
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
