// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A gateway started on the log; what was known of capacity is forgotten.
package struct StartedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    /// How often a gateway has been started on the log, this time included.
    package var boot: UInt64
    /// The release that wrote what follows.
    package var version: String

    package init(at: Instant, revision: UInt64, boot: UInt64, version: String) {
        self.at = at
        self.revision = revision
        self.boot = boot
        self.version = version
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.started, at: at, fields: 3)
        writer.put(3, revision)
        writer.put(4, boot)
        writer.put(5, version)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        boot = try reader.unsigned(4)
        version = try reader.text(5)
    }
}

/// An object was stored; entries after this one may name it by its hash.
package struct ObjectEntry: Sendable, Equatable {
    package var at: Instant
    package var kind: ObjectKind
    /// The SHA-256 of the object's bytes, by which it is stored.
    package var hash: [UInt8]
    /// The object's size in bytes.
    package var size: UInt64

    package init(at: Instant, kind: ObjectKind, hash: [UInt8], size: UInt64) {
        self.at = at
        self.kind = kind
        self.hash = hash
        self.size = size
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.object, at: at, fields: 3)
        writer.put(3, kind.rawValue)
        writer.put(4, hash)
        writer.put(5, size)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        kind = try reader.word(3, as: ObjectKind.self)
        hash = try reader.bytes(4)
        size = try reader.unsigned(5)
    }
}

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

/// Requests that the ledger could not take down while it could not be written.
package struct GapEntry: Sendable, Equatable {
    package var at: Instant
    package var from: Instant
    package var to: Instant
    /// Requests that were served without a record.
    package var requests: UInt64
    package var promptTokens: UInt64
    package var completionTokens: UInt64
    /// The system's error number.
    package var cause: UInt64

    package init(
        at: Instant, from: Instant, to: Instant, requests: UInt64, promptTokens: UInt64, completionTokens: UInt64,
        cause: UInt64
    ) {
        self.at = at
        self.from = from
        self.to = to
        self.requests = requests
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.cause = cause
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.gap, at: at, fields: 6)
        writer.put(3, from)
        writer.put(4, to)
        writer.put(5, requests)
        writer.put(6, promptTokens)
        writer.put(7, completionTokens)
        writer.put(8, cause)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        from = try reader.instant(3)
        to = try reader.instant(4)
        requests = try reader.unsigned(5)
        promptTokens = try reader.unsigned(6)
        completionTokens = try reader.unsigned(7)
        cause = try reader.unsigned(8)
    }
}

/// The wall clock was set by more than five seconds.
package struct ClockStepEntry: Sendable, Equatable {
    package var at: Instant
    /// Where the clock should have stood by the steady clock.
    package var expected: Instant
    /// Where it stood.
    package var found: Instant

    package init(at: Instant, expected: Instant, found: Instant) {
        self.at = at
        self.expected = expected
        self.found = found
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.clockStep, at: at, fields: 2)
        writer.put(3, expected)
        writer.put(4, found)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        expected = try reader.instant(3)
        found = try reader.instant(4)
    }
}

/// A gateway stopped in order.
package struct ClosedEntry: Sendable, Equatable {
    package var at: Instant

    package init(at: Instant) {
        self.at = at
    }

    package func encoded() -> [UInt8] {
        RecordWriter(.closed, at: at, fields: 0).finish()
    }
}
