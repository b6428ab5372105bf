// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing
import Wire

@Suite("Entries of the ledger")
struct EntryTests {
    private let seed = UInt64.random(in: 0...UInt64.max)

    @Test("Every type of entry is read back as it was written, whatever its values")
    func roundTrip() throws {
        var random = CaseRandom(seed: seed)
        var types = Set<EntryType>()
        for _ in 0..<100 {
            for sample in EntrySample.all(&random) {
                let entry = try Entry(sample.bytes)
                #expect(sample.isSame(entry), "seed \(seed), \(sample.name)")
                #expect(entry.type.name == sample.name)
                #expect(entry.written.encoded() == sample.bytes, "seed \(seed), \(sample.name)")
                types.insert(entry.type)
            }
        }
        #expect(types == Set(EntryType.allCases))
    }

    @Test("A brief says of a decision and a placement what the whole entry says, and of no other anything")
    func briefs() throws {
        var random = CaseRandom(seed: seed)
        for _ in 0..<100 {
            for sample in EntrySample.all(&random) {
                switch (try EntryBrief(sample.bytes.span), try Entry(sample.bytes)) {
                case (.decision(let brief), .decision(let entry)):
                    #expect(brief.now == entry.now && brief.at == entry.at && brief.request == entry.request)
                    #expect(brief.number == UInt64(entry.number) && brief.isObserved == entry.isObserved)
                    #expect(brief.model == entry.workload[.model] && brief.product == entry.workload[.product])
                    #expect(brief.promptBytes == entry.promptBytes, "seed \(seed)")
                case (.placement(let brief), .placement(let entry)):
                    #expect(brief.at == entry.at && brief.request == entry.request && brief.outcome == entry.outcome)
                    #expect(brief.clause == entry.clause && brief.ground == entry.ground)
                    #expect(brief.isSpill == entry.isSpill && brief.usage == entry.usage)
                    #expect(brief.status == entry.status && brief.attempts == entry.attempts.count)
                    #expect(brief.deployment == entry.attempts.last?.deployment ?? "", "seed \(seed)")
                    #expect(brief.cloud == entry.attempts.last?.cloud ?? "", "seed \(seed)")
                case (.other, let entry):
                    #expect(entry.type != .decision && entry.type != .placement)
                default:
                    Issue.record("seed \(seed), \(sample.name)")
                }
            }
        }
    }

    @Test("A brief of damaged bytes is an error or says something, and reads nothing outside them")
    func damagedBriefs() {
        var random = CaseRandom(seed: seed)
        for sample in EntrySample.all(&random) {
            for position in sample.bytes.indices {
                _ = try? EntryBrief(Array(sample.bytes[..<position]).span)
                var bytes = sample.bytes
                bytes[position] = .random(in: 0...255, using: &random)
                _ = try? EntryBrief(bytes.span)
            }
        }
    }

    @Test("A truncated entry is refused, at whichever byte it ends")
    func truncation() {
        var random = CaseRandom(seed: seed)
        for sample in EntrySample.all(&random) {
            for end in 0..<sample.bytes.count {
                #expect(throws: RecordError.self, "seed \(seed), \(sample.name), \(end)") {
                    try Entry(Array(sample.bytes[..<end]))
                }
            }
            #expect(throws: RecordError.self) { try Entry(sample.bytes + [0]) }
        }
    }

    @Test("An entry with a changed byte is refused, or is another entry that is written in just these bytes")
    func changedBytes() {
        var random = CaseRandom(seed: seed)
        var readable = 0
        for sample in EntrySample.all(&random) {
            for position in sample.bytes.indices {
                var changes: [UInt8] = (0..<8).map { sample.bytes[position] ^ 1 << UInt8($0) }
                changes += (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
                for change in changes {
                    var bytes = sample.bytes
                    bytes[position] = change
                    guard let entry = try? Entry(bytes) else { continue }
                    readable += 1
                    #expect(
                        entry.written.encoded() == bytes, "seed \(seed), \(sample.name), byte \(position): \(change)")
                }
            }
        }
        #expect(readable > 0)
    }

    @Test("An unknown version, type, field or value is named in the message")
    func messages() throws {
        func entry(_ fields: [(UInt64, UInt64)]) -> [UInt8] {
            var encoder = CBOREncoder()
            encoder.beginMap(count: fields.count)
            for (key, value) in fields {
                encoder.key(key)
                encoder.put(unsigned: value)
            }
            return encoder.bytes
        }
        let cases: [([UInt8], RecordError.Code, String)] = [
            (entry([(0, 2), (1, 14), (2, 5)]), .unknown, "The entry has format version 2; this release reads 1."),
            (
                entry([(0, 1), (1, 99), (2, 5)]), .value,
                "Field 1 holds 99, which stands for nothing this release knows."
            ),
            (
                entry([(0, 1), (1, 14), (2, 5), (3, 7)]), .fields,
                "The entry has a field 3 that its type does not have."
            ),
            (entry([(0, 1), (1, 14)]), .fields, "The entry lacks its field 2."),
            (entry([(1, 14), (2, 5)]), .fields, "The entry lacks its field 0."),
            (
                ClosedEntry(at: Instant(nanoseconds: .max)).encoded() + [0xF6], .encoding,
                "The entry is not a record: Other bytes follow the encoding, at byte 15."
            ),
        ]
        for (bytes, code, message) in cases {
            let error = #expect(throws: RecordError.self) { try Entry(bytes) }
            #expect(error?.code == code)
            #expect(error?.message == message)
        }
    }

    @Test("An entry with the largest values that the gateway allows fits the 16 KiB of a tile's entry")
    func size() {
        for (name, bytes) in LargestEntries.all {
            #expect(bytes.count <= 16_384, "\(name) has \(bytes.count) bytes")
        }
    }
}
