// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("The log of a data folder")
struct DataLogTests {
    @Test(
        "what was appended is there after closing and opening again, in order, under a right checkpoint",
        arguments: [Durability.strict, .relaxed])
    func roundTrip(durability: Durability) throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.durability = durability
        for session in 0..<3 {
            let log = try DataLog.open(folder: folder.path, options: options)
            #expect(log.recovery.nextIndex == UInt64(session * 100))
            #expect(log.recovery.tornTailBytes == 0)
            let owner = LogOwner()
            log.start(owner.handlers())
            for number in 0..<100 { #expect(try log.queue.accept(entry(session * 100 + number)) == UInt64(number + 1)) }
            try owner.wait { $0.durable == 100 }
            #expect(log.durableSequence == 100)
            #expect(log.durableIndex == UInt64(session * 100 + 100))
            log.close()
            #expect(log.queue.append(entry(0)) == .unavailable)
        }
        #expect(try entries(in: folder.path) == (0..<300).map { entry($0) })
        let verification = LogVerifier.verify(LogFolder(folder.path))
        #expect(verification.findings == [])
        #expect(verification.entries == 300)
        #expect(verification.checkpoint?.size == 300)
        #expect(verification.entriesAfterCheckpoint == 0)
    }

    @Test("entries go on over many segment files")
    func manySegments() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 300
        try writeLog(folder.path, 0..<200, options: options)
        try writeLog(folder.path, 200..<400, options: options)
        let segments = try FileManager.default.contentsOfDirectory(atPath: LogFolder(folder.path).segments)
        #expect(segments.count > 50)
        #expect(try entries(in: folder.path) == (0..<400).map { entry($0) })
        #expect(try entries(in: folder.path, from: 333) == (333..<400).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
    }

    @Test("producers on many threads keep their order, and each entry is in the log once")
    func manyProducers() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        log.start(owner.handlers(entriesFrom: 0))
        DispatchQueue.concurrentPerform(iterations: 8) { producer in
            for number in 0..<2_000 {
                _ = try? log.queue.accept(Array("\(producer) \(number)".utf8))
            }
        }
        log.close()
        let heard = owner.now.entries
        #expect(heard.map(\.index) == Array(0..<16_000))
        #expect(try entries(in: folder.path) == heard.map(\.bytes))
        var next = [Int](repeating: 0, count: 8)
        for entry in heard {
            let parts = String(decoding: entry.bytes, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            #expect(next[parts[0]] == parts[1])
            next[parts[0]] += 1
        }
        #expect(next == [Int](repeating: 2_000, count: 8))
    }

    @Test("the consumer of entries begins where it ended, gets what is durable, and only that")
    func feed() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<50)
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        log.start(owner.handlers(entriesFrom: 20))
        try owner.wait { $0.entries.count == 30 }
        _ = try log.queue.accept(entry(50))
        try owner.wait { $0.entries.count == 31 }
        log.close()
        #expect(owner.now.entries.map(\.index) == Array(20..<51))
        #expect(owner.now.entries.map(\.bytes) == (20..<51).map { entry($0) })
    }

    @Test("a second opening of the same folder is refused with the owner's process, until the first is closed")
    func lock() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: .testing()) }
        #expect(error?.code == .locked)
        #expect(error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
        log.close()
        try DataLog.open(folder: folder.path, options: .testing()).close()
    }

    #if os(Linux)
    @Test("a closed log leaves its folder free, also while a process that is being started has its files open as well")
    func lockBesideFork() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        // As between fork and exec: the lock's file is open once more.
        let name = URL(filePath: folder.path).lastPathComponent
        let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { file in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + file)
            return target.map { $0.contains(name) && $0.hasSuffix("lock") } ?? false
        }
        let copies = files.compactMap { Int32($0) }.map { dup($0) }
        #expect(copies.count == 1)
        log.close()
        try DataLog.open(folder: folder.path, options: .testing()).close()
        for copy in copies { close(copy) }
    }
    #endif

    @Test("checkpoints are signed while the log grows, and cover it")
    func checkpoints() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.checkpointIntervalMilliseconds = 1
        let log = try DataLog.open(folder: folder.path, options: options)
        let owner = LogOwner()
        log.start(owner.handlers())
        var kept: [String] = []
        for number in 0..<200 {
            let sequence = try log.queue.accept(entry(number))
            try owner.wait { $0.durable >= sequence }
            if let note = try StoredCheckpoint.read(log.folder)?.note.encoded, note != kept.last { kept.append(note) }
        }
        log.close()
        #expect(kept.count > 1)
        let verification = LogVerifier.verify(
            LogFolder(folder.path), verifierKey: log.verifierKey, earlierCheckpoints: kept)
        #expect(verification.findings == [])
    }

    @Test("an origin can't change once the log is born")
    func origin() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<1)
        var options = DataLog.Options.testing()
        options.origin = "example.com/other"
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: options) }
        #expect(error?.code == .wrongLog)
        options.origin = nil
        let log = try DataLog.open(folder: folder.path, options: options)
        #expect(log.origin == "example.com/log")
        #expect(log.verifierKey.name == "example.com/log")
        log.close()
    }

    @Test("an origin that can't name a key is refused before the log is born")
    func invalidOrigin() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.origin = "two words"
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: options) }
        #expect(error?.code == .wrongLog)
        try writeLog(folder.path, 0..<1)
    }

    @Test("the folders of a new log are made, and those above them")
    func newFolder() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path + "/a/b/", 0..<1)
        #expect(try entries(in: folder.path + "/a/b") == [entry(0)])
    }
}
