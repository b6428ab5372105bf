// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("A log whose process or machine stopped")
struct LogCrashTests {
    /// A data folder as a stopped machine leaves it: twenty durable entries, zeros after them, no closing checkpoint.
    private static func stopped() throws -> (folder: TemporaryFolder, ends: [Int], segment: String) {
        let live = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 2_000
        let log = try DataLog.open(folder: live.path, options: options)
        let owner = LogOwner()
        log.start(owner.handlers())
        for number in 0..<20 {
            let sequence = try log.queue.accept(entry(number))
            try owner.wait { $0.durable >= sequence }
        }
        let ends = (0..<20).map { recordsEnd(0...$0) }
        let image = try TemporaryFolder(copying: live.path)
        log.close()
        return (image, ends, LogFolder(image.path).segment(firstIndex: 0))
    }

    @Test(
        "the file cut at every byte, or with zeros from there on, opens with every entry that was whole, and goes on",
        arguments: [0, 1, 7, 300])
    func everyCut(zeros: Int) throws {
        let (folder, ends, segment) = try Self.stopped()
        let bytes = try folder.read(segment)
        for length in SegmentHeader.byteCount..<ends[19] {
            try folder.write(bytes.prefix(length) + [UInt8](repeating: 0, count: zeros), to: segment)
            let whole = ends.prefix { $0 <= length }.count
            let log = try DataLog.open(folder: folder.path, options: .testing())
            #expect(log.recovery.nextIndex == UInt64(whole))
            let wholeBytes = whole == 0 ? SegmentHeader.byteCount : ends[whole - 1]
            #expect(log.recovery.tornTailBytes == byteCountWithoutZeros(bytes[wholeBytes..<length]))
            log.close()
            #expect(try folder.read(segment).count == wholeBytes)
            #expect(try entries(in: folder.path) == (0..<whole).map { entry($0) })
        }
        try folder.write(bytes.prefix(ends[18] + 3), to: segment)
        try writeLog(folder.path, 19..<25)
        #expect(try entries(in: folder.path) == (0..<25).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
    }

    @Test("a file cut within its header before anything was promised is made again")
    func cutHeader() throws {
        let (folder, _, segment) = try Self.stopped()
        let bytes = try folder.read(segment)
        for length in 0..<SegmentHeader.byteCount {
            try folder.write(bytes.prefix(length), to: segment)
            let log = try DataLog.open(folder: folder.path, options: .testing())
            #expect(log.recovery.nextIndex == 0)
            #expect(log.recovery.tornTailBytes == length)
            log.close()
        }
    }

    @Test("blocks of a torn group that reached the disk in any order, or as zeros, are cut off")
    func tornGroup() throws {
        let (folder, ends, segment) = try Self.stopped()
        let durable = try folder.read(segment).prefix(ends[19])
        let group =
            EntryFrame.sealed(entry(20), isAfterSync: true) + EntryFrame.sealed(entry(21), isAfterSync: false)
            + EntryFrame.sealed(entry(22), isAfterSync: false)
        var tails = [[UInt8](repeating: 0, count: 5_000)]
        for position in 0..<EntryFrame.sealed(entry(20), isAfterSync: true).count {
            var tail = group
            tail[position] = tail[position] &+ 1
            tails.append(tail)
        }
        for tail in tails + tails.map({ $0 + [UInt8](repeating: 0, count: 300) }) {
            try folder.write(durable + tail, to: segment)
            let log = try DataLog.open(folder: folder.path, options: .testing())
            #expect(log.recovery.nextIndex == 20)
            // Zeros are what stands behind the records of any log in use, and no part of a group.
            #expect(log.recovery.tornTailBytes == byteCountWithoutZeros(tail))
            log.close()
            #expect(try folder.read(segment).count == ends[19])
            // The closing of an unstarted log signs nothing, so the next tail is judged by the file alone.
        }
    }

    @Test("damage before the last group is refused with the file and the offset, at every byte")
    func damageInTheMiddle() throws {
        let (folder, ends, segment) = try Self.stopped()
        let bytes = try folder.read(segment)
        for position in 0..<ends[18] {
            var changed = bytes
            changed[position] ^= 0x04
            try folder.write(changed, to: segment)
            let error = #expect(throws: LogError.self) {
                try DataLog.open(folder: folder.path, options: .testing()).close()
            }
            #expect(error?.code == .damaged || error?.code == .wrongLog, "byte \(position)")
            #expect(error?.message.contains(segment) == true, "byte \(position)")
            #expect(try folder.read(segment) == changed, "byte \(position)")
        }
    }

    @Test("what a signed checkpoint covers is never cut off")
    func checkpointHolds() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<5)
        let segment = LogFolder(folder.path).segment(firstIndex: 0)
        let bytes = try folder.read(segment)
        for length in SegmentHeader.byteCount..<bytes.count {
            try folder.write(bytes.prefix(length), to: segment)
            let error = #expect(throws: LogError.self) {
                try DataLog.open(folder: folder.path, options: .testing()).close()
            }
            #expect(error?.code == .entriesMissing || error?.code == .damaged)
            #expect(try folder.read(segment).count == length)
        }
        try FileManager.default.removeItem(atPath: segment)
        let error = #expect(throws: LogError.self) {
            try DataLog.open(folder: folder.path, options: .testing()).close()
        }
        #expect(error?.code == .entriesMissing)
    }

    @Test("a stop at any file call loses no entry that was reported durable")
    func everyCall() throws {
        var crashed = true
        var callsUntilCrash = 0
        while crashed {
            let folder = try TemporaryFolder()
            let calls = FaultyFileCalls()
            var options = DataLog.Options.testing(calls)
            options.segmentBytesMax = 150
            options.checkpointIntervalMilliseconds = 0
            options.anchorIntervalMilliseconds = 0
            let owner = LogOwner()
            let limit = callsUntilCrash
            calls.set { $0.callsUntilCrash = limit }
            var appended = 0
            if let log = try? DataLog.open(folder: folder.path, options: options) {
                log.start(owner.handlers())
                for number in 0..<12 {
                    guard case .accepted(let sequence) = log.queue.append(entry(number)) else { break }
                    appended += 1
                    try owner.wait { $0.durable >= sequence || !$0.lost.isEmpty }
                }
                log.close()
            }
            crashed = owner.now.durable < 12
            let promised = Int(owner.now.durable)
            let segments = LogFolder(folder.path).segments
            let names = (try? FileManager.default.contentsOfDirectory(atPath: segments).sorted()) ?? []
            for name in names.dropLast() {
                let bytes = try folder.read(segments + "/" + name)
                #expect(bytes.last != 0, "call \(limit): only the last segment can end with zeros, not \(name)")
            }
            var after = DataLog.Options.testing()
            after.segmentBytesMax = 150
            let log = try DataLog.open(folder: folder.path, options: after)
            log.close()
            let found = try entries(in: folder.path)
            #expect(found.count >= promised && found.count <= appended, "call \(limit)")
            #expect(found == (0..<found.count).map { entry($0) }, "call \(limit)")
            #expect(LogVerifier.verify(LogFolder(folder.path)).isIntact, "call \(limit)")
            callsUntilCrash += 1
            try #require(callsUntilCrash < 1_000)
        }
        #expect(callsUntilCrash > 50)
    }
}
