// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("Zeros ahead of the records")
struct SegmentZerosTests {
    /// A log in use: ten entries under a checkpoint, ten more after it.
    private static func inUse(_ folder: TemporaryFolder) throws -> (log: DataLog, owner: LogOwner, segment: String) {
        try writeLog(folder.path, 0..<10)
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        log.start(owner.handlers())
        for number in 10..<20 { _ = try log.queue.accept(entry(number)) }
        try owner.wait { $0.durable == 10 }
        return (log, owner, log.folder.segment(firstIndex: 0))
    }

    @Test("the file of a log in use grows in steps, and an orderly stop leaves no zeros")
    func steps() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        log.start(owner.handlers())
        let segment = log.folder.segment(firstIndex: 0)
        var sizes: Set<Int> = []
        var end = SegmentHeader.byteCount
        for number in 1...300 {
            let entry = [UInt8](repeating: 1, count: 2_000 + number)
            end += EntryFrame.headerByteCount + entry.count
            let sequence = try log.queue.accept(entry)
            try owner.wait { $0.durable >= sequence }
            let bytes = try folder.read(segment)
            sizes.insert(bytes.count)
            if number % 50 == 0 { #expect(byteCountWithoutZeros(bytes) == end) }
        }
        #expect(sizes == [256 << 10, 512 << 10, 768 << 10])
        log.close()
        #expect(try folder.read(segment).count == end)
        #expect(LogVerifier.verify(LogFolder(folder.path)).segmentBytes == end)
    }

    @Test("only the last segment has zeros, and none is longer than its limit")
    func manySegments() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 1_000
        let log = try DataLog.open(folder: folder.path, options: options)
        let owner = LogOwner()
        log.start(owner.handlers())
        for number in 0..<200 { _ = try log.queue.accept(entry(number)) }
        try owner.wait { $0.durable == 200 }
        let segments = log.folder.segments
        let names = try FileManager.default.contentsOfDirectory(atPath: segments).sorted()
        let files = try names.map { try folder.read(segments + "/" + $0) }
        #expect(files.count > 5)
        #expect(files.dropLast().allSatisfy { $0.last != 0 && $0.count <= 1_000 })
        #expect(files.last?.count == 1_000)
        #expect(files.last?.last == 0)
        log.close()
    }

    @Test("a copy of a log in use opens with nothing torn, reads as a whole, and goes on")
    func copied() throws {
        let folder = try TemporaryFolder()
        let (log, _, segment) = try Self.inUse(folder)
        let copy = try TemporaryFolder(copying: folder.path)
        for path in [folder.path, copy.path] {
            let verification = LogVerifier.verify(LogFolder(path))
            #expect(verification.findings == [])
            #expect(verification.entriesAfterCheckpoint == 10)
            #expect(verification.segmentBytes == recordsEnd(0...19))
            #expect(try entries(in: path) == (0..<20).map { entry($0) })
        }
        log.close()

        let copiedSegment = LogFolder(copy.path).segment(firstIndex: 0)
        #expect(try copy.read(copiedSegment).count > recordsEnd(0...19))
        let again = try DataLog.open(folder: copy.path, options: .testing())
        #expect(again.recovery.nextIndex == 20)
        #expect(again.recovery.tornTailBytes == 0)
        again.close()
        try writeLog(copy.path, 20..<25)
        #expect(try entries(in: copy.path) == (0..<25).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(copy.path)).findings == [])
        #expect(try folder.read(segment).count == recordsEnd(0...19))
    }

    @Test("a reader that has come to the zeros goes on with the records that take their place")
    func reader() throws {
        let folder = try TemporaryFolder()
        let (log, owner, _) = try Self.inUse(folder)
        defer { log.close() }
        var reader = try LogReader(folder: LogFolder(folder.path), from: 20)
        #expect(try reader.next() == nil)
        _ = try log.queue.accept(entry(20))
        try owner.wait { $0.durable == 11 }
        let batch = try #require(try reader.next())
        #expect(batch.firstIndex == 20)
        #expect(Array(batch[0]) == entry(20))
        #expect(try reader.next() == nil)
    }

    @Test("a wrong record that synced ones follow is damage, though zeros come after them")
    func damage() throws {
        let folder = try TemporaryFolder()
        let (log, _, _) = try Self.inUse(folder)
        let copy = try TemporaryFolder(copying: folder.path)
        log.close()
        let segment = LogFolder(copy.path).segment(firstIndex: 0)
        var bytes = try copy.read(segment)
        for position in recordsEnd(0...4)..<recordsEnd(0...5) { bytes[position] = 0 }
        try copy.write(bytes, to: segment)
        let reading = #expect(throws: LogError.self) { try entries(in: copy.path) }
        #expect(reading?.code == .damaged)
        #expect(LogVerifier.verify(LogFolder(copy.path)).findings.map(\.code) == [.framing, .entriesMissing])
        try FileManager.default.removeItem(atPath: LogFolder(copy.path).anchor)
        let opening = #expect(throws: LogError.self) { try DataLog.open(folder: copy.path, options: .testing()) }
        #expect(opening?.code == .damaged)
    }

    @Test("a segment file that is older than the anchor is found at the start, though its zeros reach as far")
    func olderSegment() throws {
        let folder = try TemporaryFolder()
        let (log, owner, segment) = try Self.inUse(folder)
        let older = try folder.read(segment)
        for number in 20..<40 { _ = try log.queue.accept(entry(number)) }
        try owner.wait { $0.durable == 30 }
        log.close()
        try folder.write(older, to: segment)
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: .testing()) }
        #expect(error?.code == .entriesMissing)
    }

    @Test(
        "a disk that has no room for zeros, or not for all, takes the records that it has room for",
        arguments: [0, 1, 9, 1_000])
    func fullDisk(spareBytes: Int) throws {
        let folder = try TemporaryFolder()
        let calls = FaultyFileCalls()
        let log = try DataLog.open(folder: folder.path, options: .testing(calls))
        let owner = LogOwner()
        log.start(owner.handlers())
        for number in 0..<5 {
            calls.set { $0.segmentBytesMax = recordsEnd(0...number) + spareBytes }
            let sequence = try log.queue.accept(entry(number))
            try owner.wait { $0.durable >= sequence || !$0.lost.isEmpty }
        }
        #expect(owner.now.lost.isEmpty)
        // One that it has no room for is lost, and only that one.
        _ = try log.queue.accept([UInt8](repeating: 1, count: 1_000))
        try owner.wait { !$0.lost.isEmpty }
        #expect(owner.now.lost == [6...6])
        calls.set { $0 = FaultyFileCalls.Faults() }
        try owner.wait { $0.availability == [false, true] }
        log.close()
        #expect(try entries(in: folder.path) == (0..<5).map { entry($0) } + [LogOwner.gapEntry])
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
    }
}
