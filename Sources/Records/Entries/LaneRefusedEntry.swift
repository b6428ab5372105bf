// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A provider refused a lane.
package struct LaneRefusedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    package var refusal: LaneRefusal

    package init(at: Instant, revision: UInt64, refusal: LaneRefusal) {
        self.at = at
        self.revision = revision
        self.refusal = refusal
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.laneRefused, at: at, fields: refusal.retryAfterMilliseconds == nil ? 11 : 12)
        writer.put(3, revision)
        writer.put(refusal.lane)
        writer.put(9, refusal.signal.rawValue)
        writer.put(10, refusal.request)
        writer.put(11, refusal.status)
        writer.put(12, refusal.vendorCode)
        writer.put(13, refusal.fingerprint)
        if let wait = refusal.retryAfterMilliseconds { writer.put(14, UInt64(max(0, wait))) }
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        let lane = try reader.lane()
        refusal = LaneRefusal(
            lane: lane, signal: try reader.word(9, as: LaneSignal.self), retryAfterMilliseconds: nil,
            request: try reader.text(10), status: try reader.small(11, as: UInt16.self),
            vendorCode: try reader.small(12, as: UInt16.self), fingerprint: try reader.unsigned(13))
        if reader.has(14) { refusal.retryAfterMilliseconds = try reader.small(14, as: Int64.self) }
    }
}
