// SPDX-License-Identifier: Apache-2.0

/// What an object is; the numbers are part of the published format.
package enum ObjectKind: UInt8, Sendable, CaseIterable {
    /// The canonical text of an agreement's head.
    case agreementHeader = 1
    /// The canonical text of an instrument.
    case instrument = 2
    /// What of a configuration decisions read.
    case placementConfiguration = 3
    /// How decisions came about.
    case trace = 4

    /// The name in listings.
    package var name: String {
        switch self {
        case .agreementHeader: "agreement header"
        case .instrument: "instrument"
        case .placementConfiguration: "placement configuration"
        case .trace: "trace"
        }
    }
}
