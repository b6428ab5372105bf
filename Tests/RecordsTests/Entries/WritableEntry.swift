// SPDX-License-Identifier: Apache-2.0

import Records

/// What the entries of all types have in common for a writer.
protocol WritableEntry: Equatable {
    func encoded() -> [UInt8]
}

extension StartedEntry: WritableEntry {}
extension ObjectEntry: WritableEntry {}
extension AdoptedEntry: WritableEntry {}
extension ConfiguredEntry: WritableEntry {}
extension LaneRefusedEntry: WritableEntry {}
extension LaneRecoveredEntry: WritableEntry {}
extension RecordedEntry: WritableEntry {}
extension DecisionEntry: WritableEntry {}
extension PlacementEntry: WritableEntry {}
extension RefusalEntry: WritableEntry {}
extension ProgressEntry: WritableEntry {}
extension GapEntry: WritableEntry {}
extension ClockStepEntry: WritableEntry {}
extension ClosedEntry: WritableEntry {}

extension Entry {
    /// The entry of whatever type it is.
    var written: any WritableEntry {
        switch self {
        case .started(let entry): entry
        case .object(let entry): entry
        case .adopted(let entry): entry
        case .configured(let entry): entry
        case .laneRefused(let entry): entry
        case .laneRecovered(let entry): entry
        case .recorded(let entry): entry
        case .decision(let entry): entry
        case .placement(let entry): entry
        case .refusal(let entry): entry
        case .progress(let entry): entry
        case .gap(let entry): entry
        case .clockStep(let entry): entry
        case .closed(let entry): entry
        }
    }

    func isEqual<Other: WritableEntry>(to other: Other) -> Bool {
        written as? Other == other
    }
}
