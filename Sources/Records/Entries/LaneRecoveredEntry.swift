// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A provider served a lane whose window was not sufficient.
package struct LaneRecoveredEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    package var success: LaneSuccess

    package init(at: Instant, revision: UInt64, success: LaneSuccess) {
        self.at = at
        self.revision = revision
        self.success = success
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.laneRecovered, at: at, fields: 8)
        writer.put(3, revision)
        writer.put(success.lane)
        writer.put(9, success.required)
        writer.put(10, success.request)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        success = LaneSuccess(
            lane: try reader.lane(), required: try reader.small(9, as: Int.self), request: try reader.text(10))
    }
}
