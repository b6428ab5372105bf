// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("A disk that refuses")
struct LogFaultTests {
    /// Three durable entries, then a fault, then one more entry, which is lost.
    private static func lose(
        _ folder: TemporaryFolder,
        _ calls: FaultyFileCalls,
        _ fault: @Sendable (inout FaultyFileCalls.Faults) -> Void
    ) throws -> (DataLog, LogOwner) {
        let log = try DataLog.open(folder: folder.path, options: .testing(calls))
        let owner = LogOwner()
        log.start(owner.handlers(entriesFrom: 0))
        for number in 0..<3 { _ = try log.queue.accept(entry(number)) }
        try owner.wait { $0.durable == 3 }
        calls.set(fault)
        _ = try log.queue.accept(entry(99))
        try owner.wait { $0.availability == [false] }
        return (log, owner)
    }

    private static let faults: [(name: String, fault: @Sendable (inout FaultyFileCalls.Faults) -> Void)] = [
        ("full disk", { $0.writeError = ENOSPC }),
        ("full disk after some bytes", { ($0.writeError, $0.bytesBeforeWriteError) = (ENOSPC, 10) }),
        ("file too large", { $0.writeError = EFBIG }),
        ("failed sync", { $0.syncError = EIO }),
        ("failed sync and no new file", { ($0.syncError, $0.createError) = (EIO, ENOSPC) }),
    ]

    @Test(
        "entries that could not be written are reported lost, further ones refused, and a gap entry follows",
        arguments: faults.indices)
    func loss(position: Int) throws {
        let folder = try TemporaryFolder()
        let calls = FaultyFileCalls()
        let (log, owner) = try Self.lose(folder, calls, Self.faults[position].fault)
        #expect(owner.now.lost == [4...4])
        #expect(owner.now.durable == 3)
        #expect(!log.isAvailable)
        #expect(!log.queue.isAvailable)
        #expect(log.queue.append(entry(98)) == .unavailable)
        #expect(try entries(in: folder.path).prefix(3) == [entry(0), entry(1), entry(2)])

        try owner.wait { $0.troubles.count > 3 }
        #expect(owner.now.availability == [false])
        calls.set { $0 = FaultyFileCalls.Faults() }
        try owner.wait { $0.availability == [false, true] }
        #expect(log.isAvailable)
        let sequence = try log.queue.accept(entry(3))
        #expect(sequence == 5)
        try owner.wait { $0.durable == 5 }
        log.close()

        let loss = try #require(owner.now.losses.last)
        #expect(loss.lostEntries == 1)
        #expect(loss.refusedAppends == 1)
        let all = [entry(0), entry(1), entry(2), LogOwner.gapEntry, entry(3)]
        #expect(try entries(in: folder.path) == all)
        #expect(owner.now.entries.map(\.bytes) == all)
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
        try DataLog.open(folder: folder.path, options: .testing()).close()
    }

    @Test("a log that is closed while it can't be written opens with what was durable")
    func closedWhileLost() throws {
        let folder = try TemporaryFolder()
        let calls = FaultyFileCalls()
        let (log, owner) = try Self.lose(folder, calls) { $0.syncError = EIO }
        log.close()
        #expect(owner.now.durable == 3)
        let again = try DataLog.open(folder: folder.path, options: .testing())
        #expect(again.recovery.nextIndex >= 3)
        again.close()
        #expect(try entries(in: folder.path).prefix(3) == [entry(0), entry(1), entry(2)])
    }

    @Test("writes that take a few bytes at a time are completed", arguments: [1, 3, 7])
    func shortWrites(writeBytesMax: Int) throws {
        let folder = try TemporaryFolder()
        let calls = FaultyFileCalls()
        calls.set { $0.writeBytesMax = writeBytesMax }
        try writeLog(folder.path, 0..<20, options: .testing(calls))
        #expect(try entries(in: folder.path) == (0..<20).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
    }
}
