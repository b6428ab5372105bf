// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// An instrument was adopted; its text is an object.
package struct AdoptedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    package var agreement: String
    package var instrument: String
    /// The object with the canonical text of the agreement's head as of this adoption.
    package var header: [UInt8]
    /// The object with the canonical text of the instrument.
    package var text: [UInt8]

    package init(
        at: Instant, revision: UInt64, agreement: String, instrument: String, header: [UInt8], text: [UInt8]
    ) {
        self.at = at
        self.revision = revision
        self.agreement = agreement
        self.instrument = instrument
        self.header = header
        self.text = text
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.adopted, at: at, fields: 5)
        writer.put(3, revision)
        writer.put(4, agreement)
        writer.put(5, instrument)
        writer.put(6, header)
        writer.put(7, text)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        agreement = try reader.text(4)
        instrument = try reader.text(5)
        header = try reader.bytes(6)
        text = try reader.bytes(7)
    }
}

/// A configuration took effect; what decisions read of it is an object.
package struct ConfiguredEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    /// The object with the ``PlacementConfiguration``.
    package var configuration: [UInt8]

    package init(at: Instant, revision: UInt64, configuration: [UInt8]) {
        self.at = at
        self.revision = revision
        self.configuration = configuration
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.configured, at: at, fields: 2)
        writer.put(3, revision)
        writer.put(4, configuration)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        configuration = try reader.bytes(4)
    }
}

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

extension RecordWriter {
    fileprivate mutating func put(_ lane: LaneKey) {
        put(4, lane.cloud)
        put(5, lane.account)
        put(6, lane.region)
        put(7, lane.model)
        put(8, lane.lane.rawValue)
    }
}

extension RecordReader {
    fileprivate mutating func lane() throws(RecordError) -> LaneKey {
        LaneKey(
            cloud: try text(4), account: try text(5), region: try text(6), model: try text(7),
            lane: try word(8, as: Lane.self))
    }
}
