// SPDX-License-Identifier: Apache-2.0

/// What an entry of the ledger is; the numbers are part of the published format.
package enum EntryType: UInt8, Sendable, CaseIterable {
    case started = 1
    case object = 2
    case adopted = 3
    case configured = 4
    case laneRefused = 5
    case laneRecovered = 6
    case recorded = 7
    case decision = 8
    case placement = 9
    case refusal = 10
    case progress = 11
    case gap = 12
    case clockStep = 13
    case closed = 14

    /// The version of the format that this release writes.
    package static let formatVersion: UInt64 = 1

    /// The name in listings.
    package var name: String {
        switch self {
        case .started: "started"
        case .object: "object"
        case .adopted: "adopted"
        case .configured: "configured"
        case .laneRefused: "lane-refused"
        case .laneRecovered: "lane-recovered"
        case .recorded: "recorded"
        case .decision: "decision"
        case .placement: "placement"
        case .refusal: "refusal"
        case .progress: "progress"
        case .gap: "gap"
        case .clockStep: "clock-step"
        case .closed: "closed"
        }
    }
}
