// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Wire

/// A call of `decide`: what it read and what it said.
package struct DecisionEntry: Sendable, Equatable {
    /// Who asked, so that it can be shown to those who hold the salt and to nobody else.
    package struct Commitments: Sendable, Equatable {
        /// Salted SHA-256 of the key's identifier.
        package var key: [UInt8]
        /// Salted SHA-256 of the key's tenant.
        package var tenant: [UInt8]
        /// Salted SHA-256 of the key's labels.
        package var labels: [UInt8]

        package init(key: [UInt8], tenant: [UInt8], labels: [UInt8]) {
            self.key = key
            self.tenant = tenant
            self.labels = labels
        }
    }

    package var request: RequestID
    /// Which call for this request, from 0.
    package var number: UInt8
    /// The admission, which picks the terms.
    package var at: Instant
    /// The instant of the call, which ages the evidence.
    package var now: Instant
    /// The last fact that the call had read.
    package var revision: UInt64
    /// The SHA-256 of the terms' canonical encoding.
    package var terms: [UInt8]
    /// Whether agreements that are only observed took part; such a decision moves nothing.
    package var isObserved: Bool
    package var workload: Workload
    package var commitments: Commitments
    /// The size of the prompt's text in bytes.
    package var promptBytes: UInt64
    /// The most tokens that the client lets the model write; 0 where it does not say.
    package var tokensMax: UInt64
    package var own: OwnSignals
    package var decision: Decision
    /// The object that says how the decision came about.
    package var trace: [UInt8]
    /// The migration that moves a share of the workload; `nil` where none does.
    ///
    /// The request's part of the workload, whether it moves or not, is ``OwnSignals/bucket`` of ``own``.
    package var migration: String?

    package init(
        request: RequestID, number: UInt8, at: Instant, now: Instant, revision: UInt64, terms: [UInt8],
        isObserved: Bool, workload: Workload, commitments: Commitments, promptBytes: UInt64, tokensMax: UInt64,
        own: OwnSignals, decision: Decision, trace: [UInt8],
        migration: String? = nil
    ) {
        self.request = request
        self.number = number
        self.at = at
        self.now = now
        self.revision = revision
        self.terms = terms
        self.isObserved = isObserved
        self.workload = workload
        self.commitments = commitments
        self.promptBytes = promptBytes
        self.tokensMax = tokensMax
        self.own = own
        self.decision = decision
        self.trace = trace
        self.migration = migration
    }

    package func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        Self.encode(
            request: request, number: number, at: at, now: now, revision: revision, terms: terms,
            isObserved: isObserved, workload: EncodedPart(workload), commitments: EncodedPart(commitments),
            promptBytes: promptBytes, tokensMax: tokensMax, own: own, decision: decision, trace: trace,
            migration: migration, in: &encoder)
        return encoder.bytes
    }

    /// Encodes an entry of these values, which stand where they are: an entry is written for each request, and to put
    /// one together would copy all of them.
    package static func encode(
        request: RequestID, number: UInt8, at: Instant, now: Instant, revision: UInt64, terms: [UInt8],
        isObserved: Bool, workload: EncodedPart<Workload>, commitments: EncodedPart<Commitments>, promptBytes: UInt64,
        tokensMax: UInt64, own: OwnSignals, decision: Decision, trace: [UInt8], migration: String?,
        in encoder: inout CBOREncoder
    ) {
        let optionals = (own.bucket == nil ? 0 : 1) + (migration == nil ? 0 : 1)
        var writer = RecordWriter(.decision, at: now, fields: 15 + optionals, in: encoder)
        writer.put(3, request)
        writer.put(4, number)
        writer.put(5, at)
        writer.put(6, revision)
        writer.put(7, terms)
        writer.encoder.key(8)
        writer.encoder.put(bool: isObserved)
        writer.encoder.key(9)
        writer.encoder.put(encoded: workload.bytes)
        writer.encoder.key(10)
        writer.encoder.put(encoded: commitments.bytes)
        writer.put(11, promptBytes)
        writer.put(12, tokensMax)
        writer.encoder.key(13)
        own.write(to: &writer.encoder)
        writer.encoder.key(14)
        decision.writeEntries(to: &writer.encoder)
        writer.encoder.key(15)
        decision.writeRefusal(to: &writer.encoder)
        writer.put(16, decision.bindingClause)
        writer.put(17, trace)
        if let bucket = own.bucket { writer.put(18, bucket) }
        if let migration { writer.put(19, migration) }
        encoder = writer.finished()
    }

    init(at now: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.now = now
        request = try reader.requestID(3)
        number = try reader.small(4, as: UInt8.self)
        at = try reader.instant(5)
        revision = try reader.unsigned(6)
        terms = try reader.bytes(7)
        isObserved = try reader.field(8) { decoder throws(CBORError) in try decoder.bool() }
        workload = try reader.workload(9)
        commitments = try reader.field(10) { decoder throws(CBORError) in
            try decoder.array(of: 3)
            return Commitments(
                key: Array(try decoder.byteString()), tenant: Array(try decoder.byteString()),
                labels: Array(try decoder.byteString()))
        }
        promptBytes = try reader.unsigned(11)
        tokensMax = try reader.unsigned(12)
        own = try reader.ownSignals(13)
        decision = Decision()
        let entries = try reader.field(14) { decoder throws(CBORError) in try Self.numbersOfNumbers(&decoder) }
        try decision.readEntries(entries)
        try decision.readRefusal(try reader.numbers(15))
        decision.bindingClause = try reader.small(16, as: UInt16.self)
        trace = try reader.bytes(17)
        own.bucket = reader.has(18) ? try reader.small(18, as: UInt16.self) : nil
        migration = reader.has(19) ? try reader.text(19) : nil
        guard (own.bucket == nil) == (migration == nil), own.bucket ?? 0 < MigrationBucket.count else {
            throw RecordError(
                .value, "The decision names a migration without the request's part of it, or a part beyond the last.")
        }
    }

    private static func numbersOfNumbers(_ decoder: inout CBORDecoder) throws(CBORError) -> [[UInt64]] {
        var rows: [[UInt64]] = []
        for _ in 0..<(try decoder.array()) {
            var row: [UInt64] = []
            for _ in 0..<(try decoder.array()) { row.append(try decoder.unsigned()) }
            rows.append(row)
        }
        return rows
    }
}

extension Workload {
    /// Writes the dimensions in their order, the surface and the features.
    func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: Dimension.allCases.count + 2)
        for dimension in Dimension.allCases { encoder.put(text: self[dimension]) }
        encoder.put(unsigned: UInt64(surface.rawValue))
        encoder.put(unsigned: UInt64(features.rawValue))
    }
}

extension DecisionEntry.Commitments {
    /// Writes the three in their order.
    func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 3)
        encoder.put(bytes: key)
        encoder.put(bytes: tenant)
        encoder.put(bytes: labels)
    }
}

extension OwnSignals {
    /// Writes all but the request's part of a migration, which is a field of its own.
    fileprivate func write(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 5)
        encoder.put(unsigned: tried)
        encoder.put(unsigned: noCapacity)
        encoder.put(unsigned: ownQuota)
        encoder.put(unsigned: outage)
        encoder.put(unsigned: UInt64(lastLaneAnswers))
    }
}

extension Decision {
    /// Writes the entries: deployment, position, grounds, the shown ground and the clause (0 for none, else one more
    /// than the number), evidence, flags.
    fileprivate func writeEntries(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: count)
        for index in 0..<count {
            let entry = self[index]
            encoder.beginArray(count: 7)
            encoder.put(unsigned: UInt64(entry.deployment))
            encoder.put(unsigned: UInt64(entry.position))
            encoder.put(unsigned: UInt64(entry.grounds.rawValue))
            encoder.put(unsigned: entry.shown.map { UInt64($0.rawValue) + 1 } ?? 0)
            encoder.put(unsigned: entry.clause == Self.noClause ? 0 : UInt64(entry.clause) + 1)
            encoder.put(unsigned: entry.evidence)
            encoder.put(unsigned: UInt64(entry.flags.rawValue))
        }
    }

    /// Writes the refusal: nothing, or its number, the instant from which to try again (0 for none), its clauses.
    fileprivate func writeRefusal(to encoder: inout CBOREncoder) {
        guard let refusal else {
            encoder.beginArray(count: 0)
            return
        }
        encoder.beginArray(count: 2 + refusalClauseCount)
        encoder.put(unsigned: UInt64(refusal.rawValue))
        encoder.put(unsigned: retryAt == .distantFuture ? 0 : UInt64(max(0, retryAt.nanoseconds)))
        for position in 0..<refusalClauseCount { encoder.put(unsigned: UInt64(refusalClause(position))) }
    }

    fileprivate mutating func readEntries(_ rows: [[UInt64]]) throws(RecordError) {
        let invalid = RecordError(.value, "An entry of the decision has a value that it can't have.")
        guard rows.count <= Self.entriesMax else { throw invalid }
        for row in rows {
            guard row.count == 7, let deployment = UInt16(exactly: row[0]), let position = UInt8(exactly: row[1]),
                let grounds = UInt8(exactly: row[2]), row[3] <= 255, row[4] <= UInt64(Self.noClause),
                let flags = UInt8(exactly: row[6])
            else { throw invalid }
            let shown = row[3] == 0 ? nil : Ground(rawValue: UInt8(row[3] - 1))
            guard row[3] == 0 || shown != nil else { throw invalid }
            append(
                Entry(
                    deployment: deployment, position: position, grounds: GroundSet(rawValue: grounds), shown: shown,
                    clause: row[4] == 0 ? Self.noClause : UInt16(row[4] - 1), evidence: row[5],
                    flags: Flags(rawValue: flags)))
        }
    }

    fileprivate mutating func readRefusal(_ numbers: [UInt64]) throws(RecordError) {
        guard !numbers.isEmpty else { return }
        let invalid = RecordError(.value, "The refusal of the decision has a value that it can't have.")
        guard numbers.count >= 2, numbers.count <= 2 + Self.refusalClausesMax,
            let code = UInt8(exactly: numbers[0]), let refusal = Refusal(rawValue: code),
            let retryAt = Int64(exactly: numbers[1])
        else { throw invalid }
        self.refusal = refusal
        self.retryAt = retryAt == 0 ? .distantFuture : Instant(nanoseconds: retryAt)
        for number in numbers[2...] {
            guard number < UInt64(Self.noClause) else { throw invalid }
            blame(Int(number))
        }
    }
}

extension RecordReader {
    fileprivate mutating func workload(_ key: UInt64) throws(RecordError) -> Workload {
        let (values, surface, features) = try field(key) { decoder throws(CBORError) in
            try decoder.array(of: Dimension.allCases.count + 2)
            var values: [Dimension: String] = [:]
            for dimension in Dimension.allCases { values[dimension] = try decoder.text() }
            return (values, try decoder.unsigned(), try decoder.unsigned())
        }
        guard let code = UInt8(exactly: surface), let surface = Surface(rawValue: code),
            let features = UInt16(exactly: features)
        else { throw RecordError(.value, "The workload has a surface or features that this release does not know.") }
        return Workload(values, surface: surface, features: FeatureSet(rawValue: features))
    }

    fileprivate mutating func ownSignals(_ key: UInt64) throws(RecordError) -> OwnSignals {
        let numbers = try numbers(key)
        guard numbers.count == 5, let answers = UInt8(exactly: numbers[4]) else {
            throw RecordError(.value, "The request's own signals are not five numbers.")
        }
        var own = OwnSignals()
        own.tried = numbers[0]
        own.noCapacity = numbers[1]
        own.ownQuota = numbers[2]
        own.outage = numbers[3]
        own.lastLaneAnswers = answers
        return own
    }
}
