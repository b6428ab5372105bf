// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("Entry frames and segment headers")
struct EntryFrameTests {
    static let entry: [UInt8] = Array("an entry of the log".utf8)

    private static func read(_ bytes: [UInt8], at offset: Int = 0) -> EntryFrame.Reading {
        EntryFrame.read(bytes.span, at: offset)
    }

    private static func containsSyncedRecord(_ bytes: [UInt8], from offset: Int = 0) -> Bool {
        EntryFrame.containsSyncedRecord(bytes.span, from: offset)
    }

    private static func endsWithRecord(_ bytes: [UInt8]) -> Bool { EntryFrame.endsWithRecord(bytes.span) }

    private static func byteCountWithoutZeros(_ bytes: [UInt8]) -> Int {
        EntryFrame.byteCountWithoutZeros(bytes.span)
    }

    private static func header(_ bytes: some Sequence<UInt8>) throws(SegmentDamage) -> SegmentHeader {
        try SegmentHeader(decoding: Array(bytes).span)
    }

    @Test("a sealed record is read back with its mark", arguments: [true, false])
    func roundTrip(isAfterSync: Bool) {
        let bytes = [9, 9] + EntryFrame.sealed(Self.entry, isAfterSync: isAfterSync)
        guard case .record(let record) = Self.read(bytes, at: 2) else {
            Issue.record("no record")
            return
        }
        #expect(Array(bytes[record.entry]) == Self.entry)
        #expect(record.isAfterSync == isAfterSync)
    }

    @Test("a record cut off anywhere is incomplete, never damaged and never read")
    func everyCut() {
        let bytes = EntryFrame.sealed(Self.entry, isAfterSync: true)
        for count in 0..<bytes.count {
            #expect(Self.read(Array(bytes.prefix(count))) == .incomplete)
        }
    }

    @Test("a record with any bit flipped is not read")
    func everyBit() {
        let bytes = EntryFrame.sealed(Self.entry, isAfterSync: false)
        for position in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[position / 8] ^= 1 << UInt8(position % 8)
            if case .record = Self.read(changed) { Issue.record("bit \(position)") }
        }
    }

    @Test("zeros are not a record")
    func zeros() {
        let bytes = [UInt8](repeating: 0, count: 64)
        #expect(Self.read(bytes) == .damaged(.recordLength(0)))
    }

    @Test("only a record with the synced mark behind a place shows that the log went on after it")
    func syncedMark() {
        let unmarked = EntryFrame.sealed(Self.entry, isAfterSync: false)
        let marked = EntryFrame.sealed(Self.entry, isAfterSync: true)
        let garbage: [UInt8] = [1, 2, 3]
        #expect(!Self.containsSyncedRecord(garbage + unmarked))
        #expect(Self.containsSyncedRecord(garbage + unmarked + marked))
        #expect(!Self.containsSyncedRecord(garbage + marked.dropLast()))
        #expect(!Self.containsSyncedRecord(marked + unmarked, from: 1))
    }

    @Test("a buffer ends with a record only where a whole one ends at its last byte")
    func endsWithRecord() {
        let record = EntryFrame.sealed(Self.entry, isAfterSync: false)
        let longest = EntryFrame.sealed([UInt8](repeating: 0, count: EntryFrame.entryBytesMax), isAfterSync: true)
        #expect(Self.endsWithRecord(record))
        #expect(Self.endsWithRecord([1, 2, 3] + record + record))
        #expect(Self.endsWithRecord(record + longest))
        #expect(!Self.endsWithRecord(record + longest.dropLast()))
        #expect(!Self.endsWithRecord(record + [0]))
        #expect(!Self.endsWithRecord([UInt8](repeating: 0, count: 100)))
        #expect(!Self.endsWithRecord([UInt8]()))
    }

    @Test("zeros at a buffer's end are not counted", arguments: 0...20)
    func byteCountWithoutZeros(zeros: Int) {
        for count in 0...20 {
            let bytes = [UInt8](repeating: 0, count: count) + [7] + [UInt8](repeating: 0, count: zeros)
            #expect(Self.byteCountWithoutZeros(bytes) == count + 1)
        }
        #expect(Self.byteCountWithoutZeros([UInt8](repeating: 0, count: zeros)) == 0)
    }

    @Test("a segment header is 40 bytes, is read back, and no bit of it can change")
    func header() throws {
        let logID = try #require(LogID(bytes: [UInt8](0..<16)))
        let header = SegmentHeader(logID: logID, firstIndex: 0x0102_0304_0506_0708)
        let bytes = header.encoded
        #expect(bytes.count == SegmentHeader.byteCount)
        #expect(try Self.header(bytes) == header)
        for position in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[position / 8] ^= 1 << UInt8(position % 8)
            #expect(throws: SegmentDamage.self) { try Self.header(changed) }
        }
        for count in 0..<bytes.count {
            #expect(throws: SegmentDamage.headerCutOff) { try Self.header(bytes.prefix(count)) }
        }
    }
}
