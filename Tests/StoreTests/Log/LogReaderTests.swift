// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("Reading a log")
struct LogReaderTests {
    @Test("a reader beside the writer sees every entry once, in order, across segments")
    func besideWriter() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 2_000
        let log = try DataLog.open(folder: folder.path, options: options)
        let owner = LogOwner()
        log.start(owner.handlers())
        var reader = try LogReader(folder: LogFolder(folder.path), from: 0)
        var seen: [[UInt8]] = []
        // A thread of its own: tests that read without a pause can hold all of the pool's.
        Thread.detachNewThread {
            for number in 0..<3_000 { _ = log.queue.append(entry(number)) }
        }
        let deadline = DispatchTime.now() + .seconds(60)
        while seen.count < 3_000, DispatchTime.now() < deadline {
            while let batch = try reader.next() {
                #expect(batch.firstIndex == UInt64(seen.count))
                for position in 0..<batch.count { seen.append(Array(batch[position])) }
            }
        }
        #expect(seen == (0..<3_000).map { entry($0) })
        log.close()
    }

    @Test("a reader and a verifier beside a writer whose records appear byte by byte take none of them for damage")
    func besideSlowWriter() throws {
        let folder = try TemporaryFolder()
        let calls = FaultyFileCalls()
        var options = DataLog.Options.testing(calls)
        options.segmentBytesMax = 100_000
        let log = try DataLog.open(folder: folder.path, options: options)
        let owner = LogOwner()
        log.start(owner.handlers())
        _ = try log.queue.accept(entry(0))
        try owner.wait { $0.durable == 1 }
        // From here on there are zeros where the records go.
        calls.set { $0.writeBytesMax = 1 }
        Thread.detachNewThread {
            for number in 1..<1_000 {
                // Each is a group of its own, so that each shows that the log went on after the one before.
                guard let sequence = try? log.queue.accept(entry(number)),
                    (try? owner.wait { $0.durable >= sequence }) != nil
                else { return }
            }
        }
        var reader = try LogReader(folder: LogFolder(folder.path), from: 0)
        var seen: [[UInt8]] = []
        let deadline = DispatchTime.now() + .seconds(60)
        while seen.count < 1_000, DispatchTime.now() < deadline {
            while let batch = try reader.next() {
                for position in 0..<batch.count { seen.append(Array(batch[position])) }
            }
            if seen.count % 10 == 0 { #expect(LogVerifier.verify(LogFolder(folder.path)).isIntact) }
        }
        #expect(seen == (0..<1_000).map { entry($0) })
        log.close()
    }

    @Test("a reader begins at any entry, stops at its limit, and goes on")
    func fromAnyEntry() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 500
        try writeLog(folder.path, 0..<60, options: options)
        for start in 0...60 {
            #expect(try entries(in: folder.path, from: UInt64(start)) == (start..<60).map { entry($0) })
        }
        var reader = try LogReader(folder: LogFolder(folder.path), from: 10)
        var indexes: [UInt64] = []
        for limit in UInt64(0)...60 {
            while let batch = try reader.next(upTo: limit) {
                batch.visit { index, _ in indexes.append(index) }
            }
            #expect(indexes == Array(10..<max(10, limit)))
        }
    }

    @Test("a torn tail ends the reading, and damage is an error with its place")
    func damage() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<5)
        try writeLog(folder.path, 5..<10)
        let segment = LogFolder(folder.path).segment(firstIndex: 0)
        let bytes = try folder.read(segment)
        try folder.write(bytes + [1, 0, 0], to: segment)
        #expect(try entries(in: folder.path).count == 10)
        var changed = bytes
        changed[SegmentHeader.byteCount + EntryFrame.headerByteCount] ^= 1
        try folder.write(changed, to: segment)
        let error = #expect(throws: LogError.self) { try entries(in: folder.path) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("offset \(SegmentHeader.byteCount)") == true)
    }

    @Test("a folder without a log is an error that says so")
    func noLog() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: LogError.self) { try entries(in: folder.path) }
        #expect(error?.code == .wrongLog)
    }
}
