// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// One entry of the ledger, read.
package enum Entry: Sendable {
    case started(StartedEntry)
    case object(ObjectEntry)
    case adopted(AdoptedEntry)
    case configured(ConfiguredEntry)
    case laneRefused(LaneRefusedEntry)
    case laneRecovered(LaneRecoveredEntry)
    case recorded(RecordedEntry)
    case decision(DecisionEntry)
    case placement(PlacementEntry)
    case refusal(RefusalEntry)
    case progress(ProgressEntry)
    case gap(GapEntry)
    case clockStep(ClockStepEntry)
    case closed(ClosedEntry)

    /// Reads an entry strictly: bytes that this release would have written otherwise are refused.
    package init(_ bytes: [UInt8]) throws(RecordError) {
        var reader = try RecordReader(bytes)
        let version = try reader.unsigned(0)
        guard version == EntryType.formatVersion else {
            throw RecordError(
                .unknown, "The entry has format version \(version); this release reads \(EntryType.formatVersion).")
        }
        let type = try reader.word(1, as: EntryType.self)
        let at = try reader.instant(2)
        switch type {
        case .started: self = .started(try StartedEntry(at: at, &reader))
        case .object: self = .object(try ObjectEntry(at: at, &reader))
        case .adopted: self = .adopted(try AdoptedEntry(at: at, &reader))
        case .configured: self = .configured(try ConfiguredEntry(at: at, &reader))
        case .laneRefused: self = .laneRefused(try LaneRefusedEntry(at: at, &reader))
        case .laneRecovered: self = .laneRecovered(try LaneRecoveredEntry(at: at, &reader))
        case .recorded: self = .recorded(try RecordedEntry(at: at, &reader))
        case .decision: self = .decision(try DecisionEntry(at: at, &reader))
        case .placement: self = .placement(try PlacementEntry(at: at, &reader))
        case .refusal: self = .refusal(try RefusalEntry(at: at, &reader))
        case .progress: self = .progress(try ProgressEntry(at: at, &reader))
        case .gap: self = .gap(try GapEntry(at: at, &reader))
        case .clockStep: self = .clockStep(try ClockStepEntry(at: at, &reader))
        case .closed: self = .closed(ClosedEntry(at: at))
        }
        try reader.finish()
    }

    /// What the entry is.
    package var type: EntryType {
        switch self {
        case .started: .started
        case .object: .object
        case .adopted: .adopted
        case .configured: .configured
        case .laneRefused: .laneRefused
        case .laneRecovered: .laneRecovered
        case .recorded: .recorded
        case .decision: .decision
        case .placement: .placement
        case .refusal: .refusal
        case .progress: .progress
        case .gap: .gap
        case .clockStep: .clockStep
        case .closed: .closed
        }
    }

    /// When the entry was made, by the gateway's clock.
    package var at: Instant {
        switch self {
        case .started(let entry): entry.at
        case .object(let entry): entry.at
        case .adopted(let entry): entry.at
        case .configured(let entry): entry.at
        case .laneRefused(let entry): entry.at
        case .laneRecovered(let entry): entry.at
        case .recorded(let entry): entry.at
        case .decision(let entry): entry.now
        case .placement(let entry): entry.at
        case .refusal(let entry): entry.at
        case .progress(let entry): entry.at
        case .gap(let entry): entry.at
        case .clockStep(let entry): entry.at
        case .closed(let entry): entry.at
        }
    }
}
