// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Wire

/// What the derived tables need of the two entries that every request writes, read without the rest.
///
/// It is for entries whose bytes were checked when they were written and whose checksum was right when they were read;
/// ``Entry`` reads strictly.
package enum EntryBrief: Sendable {
    case decision(DecisionBrief)
    case placement(PlacementBrief)
    /// Any other entry, to be read by ``Entry``.
    case other

    /// Reads the parts of an entry.
    package init(_ bytes: Span<UInt8>) throws(RecordError) {
        do throws(CBORError) {
            var skimmer = CBORSkimmer()
            let count = try skimmer.map(in: bytes)
            guard count >= 3 else { throw CBORError(.containerEnded, at: 0) }
            // Format version, type and time come first.
            try skimmer.skip(in: bytes)
            guard try skimmer.unsigned(in: bytes) == EntryType.formatVersion else {
                self = .other
                return
            }
            try skimmer.skip(in: bytes)
            let type = try skimmer.unsigned(in: bytes)
            try skimmer.skip(in: bytes)
            let at = Instant(nanoseconds: try skimmer.integer(in: bytes))
            switch type {
            case UInt64(EntryType.decision.rawValue):
                self = .decision(try DecisionBrief(now: at, fields: count - 3, &skimmer, bytes))
            case UInt64(EntryType.placement.rawValue):
                self = .placement(try PlacementBrief(at: at, fields: count - 3, &skimmer, bytes))
            default:
                self = .other
            }
        } catch {
            throw .encoding(error)
        }
    }
}

/// What a decision says of its request.
package struct DecisionBrief: Sendable {
    /// When the entry was made.
    package let now: Instant
    package private(set) var request = RequestID(log: "", boot: 0, counter: 0)
    package private(set) var number: UInt64 = 0
    /// The admission.
    package private(set) var at = Instant.distantPast
    package private(set) var isObserved = false
    package private(set) var model = ""
    package private(set) var product = ""
    package private(set) var promptBytes: UInt64 = 0
    /// The commitment to the key's identifier.
    package private(set) var keyCommitment: [UInt8] = []

    fileprivate init(now: Instant, fields: Int, _ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        self.now = now
        for _ in 0..<fields {
            switch try skimmer.unsigned(in: bytes) {
            case 3: request = try RequestID(&skimmer, bytes)
            case 4: number = try skimmer.unsigned(in: bytes)
            case 5: at = Instant(nanoseconds: try skimmer.integer(in: bytes))
            case 8: isObserved = try skimmer.bool(in: bytes)
            case 9: try readWorkload(&skimmer, bytes)
            case 10:
                let count = try skimmer.array(in: bytes)
                guard count >= 1 else { throw CBORError(.containerEnded, at: skimmer.position) }
                keyCommitment = try skimmer.byteString(in: bytes)
                try skimmer.skip(count - 1, in: bytes)
            case 11:
                promptBytes = try skimmer.unsigned(in: bytes)
                // Nothing behind it is asked for.
                return
            default: try skimmer.skip(in: bytes)
            }
        }
    }

    private mutating func readWorkload(_ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        let count = try skimmer.array(in: bytes)
        for index in 0..<count {
            switch index {
            case Int(Dimension.model.rawValue): model = try skimmer.text(in: bytes)
            case Int(Dimension.product.rawValue): product = try skimmer.text(in: bytes)
            default: try skimmer.skip(in: bytes)
            }
        }
    }
}

/// What a placement says of its request.
package struct PlacementBrief: Sendable {
    package let at: Instant
    package private(set) var request = RequestID(log: "", boot: 0, counter: 0)
    package private(set) var outcome = PlacementEntry.Outcome.served
    package private(set) var clause = ""
    package private(set) var ground = ""
    package private(set) var isSpill = false
    package private(set) var attempts = 0
    /// The deployment of the last attempt; empty where there was none.
    package private(set) var deployment = ""
    package private(set) var cloud = ""
    package private(set) var usage = TokenUsage()
    package private(set) var status: UInt16 = 0
    /// The migration that moved it; empty where none did.
    package private(set) var migration = ""

    fileprivate init(at: Instant, fields: Int, _ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        self.at = at
        for _ in 0..<fields {
            switch try skimmer.unsigned(in: bytes) {
            case 3: request = try RequestID(&skimmer, bytes)
            case 4:
                let start = skimmer.position
                let number = UInt8(clamping: try skimmer.unsigned(in: bytes))
                guard let known = PlacementEntry.Outcome(rawValue: number) else {
                    throw CBORError(.integerOutOfRange, at: start)
                }
                outcome = known
            case 5: clause = try skimmer.text(in: bytes)
            case 6: ground = try skimmer.text(in: bytes)
            case 7: isSpill = try skimmer.bool(in: bytes)
            case 9: try readAttempts(&skimmer, bytes)
            case 10: try readUsage(&skimmer, bytes)
            case 11: status = UInt16(clamping: try skimmer.unsigned(in: bytes))
            case 14: migration = try skimmer.text(in: bytes)
            default: try skimmer.skip(in: bytes)
            }
        }
    }

    private mutating func readAttempts(_ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        attempts = try skimmer.array(in: bytes)
        guard attempts > 0 else { return }
        try skimmer.skip(attempts - 1, in: bytes)
        let count = try skimmer.array(in: bytes)
        guard count >= 2 else { throw CBORError(.containerEnded, at: skimmer.position) }
        deployment = try skimmer.text(in: bytes)
        cloud = try skimmer.text(in: bytes)
        try skimmer.skip(count - 2, in: bytes)
    }

    private mutating func readUsage(_ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        let start = skimmer.position
        guard try skimmer.array(in: bytes) == 7,
            let basis = TokenUsage.Basis(rawValue: try skimmer.unsigned(in: bytes))
        else { throw CBORError(.integerOutOfRange, at: start) }
        usage = TokenUsage(
            basis: basis, prompt: try skimmer.unsigned(in: bytes), completion: try skimmer.unsigned(in: bytes),
            cached: try skimmer.unsigned(in: bytes), reasoning: try skimmer.unsigned(in: bytes),
            audioIn: try skimmer.unsigned(in: bytes), audioOut: try skimmer.unsigned(in: bytes))
    }
}

extension RequestID {
    fileprivate init(_ skimmer: inout CBORSkimmer, _ bytes: Span<UInt8>) throws(CBORError) {
        guard try skimmer.array(in: bytes) == 3 else { throw CBORError(.containerEnded, at: skimmer.position) }
        self.init(
            log: try skimmer.text(in: bytes), boot: try skimmer.unsigned(in: bytes),
            counter: try skimmer.unsigned(in: bytes))
    }
}
