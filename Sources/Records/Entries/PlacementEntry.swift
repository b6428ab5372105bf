// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Wire

/// How a request ended for which at least one deployment was tried.
package struct PlacementEntry: Sendable, Equatable {
    /// The end of a placement; the numbers are part of the published format.
    package enum Outcome: UInt8, Sendable, CaseIterable {
        /// The client got the whole answer.
        case served = 1
        /// No deployment gave a whole answer.
        case failed = 2
        /// The client went away.
        case cancelled = 3
        /// The gateway ended while the request was in flight; settled when it started again.
        case interrupted = 4

        /// The name in listings.
        package var name: String {
            switch self {
            case .served: "served"
            case .failed: "failed"
            case .cancelled: "cancelled"
            case .interrupted: "interrupted"
            }
        }
    }

    /// One deployment that was tried.
    package struct Attempt: Sendable, Equatable {
        /// The deployment's identifier.
        package var deployment: String
        package var cloud: String
        /// Which call of `decide` listed it.
        package var decision: UInt8
        /// When the request was sent.
        package var sent: Instant
        /// When the attempt was over.
        package var ended: Instant
        /// The HTTP status; 0 where no answer came.
        package var status: UInt16
        /// The class of the answer, by the published table; 0 is success.
        package var signal: UInt8
        /// The provider's code as a number of the published table.
        package var vendorCode: UInt16
        /// A fingerprint of the provider's message.
        package var fingerprint: UInt64

        package init(
            deployment: String, cloud: String, decision: UInt8, sent: Instant, ended: Instant, status: UInt16,
            signal: UInt8, vendorCode: UInt16, fingerprint: UInt64
        ) {
            self.deployment = deployment
            self.cloud = cloud
            self.decision = decision
            self.sent = sent
            self.ended = ended
            self.status = status
            self.signal = signal
            self.vendorCode = vendorCode
            self.fingerprint = fingerprint
        }
    }

    package var at: Instant
    package var request: RequestID
    package var outcome: Outcome
    /// The clause that let or bound the last deployment there, as `agreement/clause`; empty where none did.
    package var clause: String
    /// `primary`, a ground's name, or `departure`.
    package var ground: String
    /// Whether the last deployment was off the primary.
    package var isSpill: Bool
    /// The revision of the evidence that the ground rests on; 0 for the request's own signals or none.
    package var evidence: UInt64
    /// The attempts in their order; the last one answered.
    ///
    /// Empty only where the placement was interrupted.
    package var attempts: [Attempt]
    package var usage: TokenUsage
    /// The HTTP status that the client got; 0 where it got none.
    package var status: UInt16
    /// When the first byte of the answer went to the client; `nil` where none did.
    package var firstByte: Instant?
    /// Deployments that a decision listed and that were not tried, each with the reason.
    package var passedOver: [PassedOver]
    /// The migration that moved the request to the last deployment; `nil` where none did.
    package var migration: String?

    package init(
        at: Instant, request: RequestID, outcome: Outcome, clause: String, ground: String, isSpill: Bool,
        evidence: UInt64, attempts: [Attempt], usage: TokenUsage, status: UInt16, firstByte: Instant?,
        passedOver: [PassedOver] = [], migration: String? = nil
    ) {
        self.at = at
        self.request = request
        self.outcome = outcome
        self.clause = clause
        self.ground = ground
        self.isSpill = isSpill
        self.evidence = evidence
        self.attempts = attempts
        self.usage = usage
        self.status = status
        self.firstByte = firstByte
        self.passedOver = passedOver
        self.migration = migration
    }

    package func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        Self.encode(
            at: at, request: request, outcome: outcome, clause: clause, ground: ground, isSpill: isSpill,
            evidence: evidence, attempts: attempts, usage: usage, status: status, firstByte: firstByte,
            passedOver: passedOver, migration: migration, in: &encoder)
        return encoder.bytes
    }

    /// Encodes an entry of these values, which stand where they are.
    package static func encode(
        at: Instant, request: RequestID, outcome: Outcome, clause: String, ground: String, isSpill: Bool,
        evidence: UInt64, attempts: [Attempt], usage: TokenUsage, status: UInt16, firstByte: Instant?,
        passedOver: [PassedOver], migration: String?, in encoder: inout CBOREncoder
    ) {
        let optionals =
            (firstByte == nil ? 0 : 1) + RecordWriter.fields(passedOver) + (migration == nil ? 0 : 1)
        var writer = RecordWriter(.placement, at: at, fields: 9 + optionals, in: encoder)
        writer.put(3, request)
        writer.put(4, outcome.rawValue)
        writer.put(5, clause)
        writer.put(6, ground)
        writer.encoder.key(7)
        writer.encoder.put(bool: isSpill)
        writer.put(8, evidence)
        writer.encoder.key(9)
        writer.encoder.beginArray(count: attempts.count)
        for attempt in attempts { attempt.write(to: &writer.encoder) }
        writer.encoder.key(10)
        usage.write(to: &writer.encoder)
        writer.put(11, status)
        if let firstByte { writer.put(12, firstByte) }
        writer.put(13, deployments: passedOver)
        if let migration { writer.put(14, migration) }
        writer.put(15, reasons: passedOver)
        encoder = writer.finished()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        request = try reader.requestID(3)
        outcome = try reader.word(4, as: Outcome.self)
        clause = try reader.text(5)
        ground = try reader.text(6)
        isSpill = try reader.field(7) { decoder throws(CBORError) in try decoder.bool() }
        evidence = try reader.unsigned(8)
        attempts = try reader.field(9) { decoder throws(CBORError) in
            var attempts: [Attempt] = []
            for _ in 0..<(try decoder.array()) { attempts.append(try Attempt(&decoder)) }
            return attempts
        }
        usage = try TokenUsage(try reader.numbers(10))
        status = try reader.small(11, as: UInt16.self)
        firstByte = reader.has(12) ? try reader.instant(12) : nil
        let listed = try reader.deploymentsPassedOver(13)
        migration = reader.has(14) ? try reader.text(14) : nil
        passedOver = try reader.passedOver(listed, reasons: 15)
    }
}

extension PlacementEntry.Attempt {
    fileprivate func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 9)
        encoder.put(text: deployment)
        encoder.put(text: cloud)
        encoder.put(unsigned: UInt64(decision))
        encoder.put(integer: sent.nanoseconds)
        encoder.put(integer: ended.nanoseconds)
        encoder.put(unsigned: UInt64(status))
        encoder.put(unsigned: UInt64(signal))
        encoder.put(unsigned: UInt64(vendorCode))
        encoder.put(unsigned: fingerprint)
    }

    fileprivate init(_ decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.array(of: 9)
        deployment = try decoder.text()
        cloud = try decoder.text()
        decision = try decoder.number(UInt8.self)
        sent = Instant(nanoseconds: try decoder.integer())
        ended = Instant(nanoseconds: try decoder.integer())
        status = try decoder.number(UInt16.self)
        signal = try decoder.number(UInt8.self)
        vendorCode = try decoder.number(UInt16.self)
        fingerprint = try decoder.unsigned()
    }
}
