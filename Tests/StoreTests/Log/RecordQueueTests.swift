// SPDX-License-Identifier: Apache-2.0

import Store
import Testing

@Suite("The queue of entries")
struct RecordQueueTests {
    @Test("P29: it is full at its capacity, says so, and takes entries again when they were written")
    func full() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.queueBytesMax = 1_000
        let log = try DataLog.open(folder: folder.path, options: options)
        let record = [UInt8](repeating: 7, count: 92)
        for number in 1...10 { #expect(log.queue.append(record) == .accepted(UInt64(number))) }
        #expect(log.queue.append(record) == .full)
        #expect(log.queue.append([1]) == .full)
        let owner = LogOwner()
        log.start(owner.handlers(entriesFrom: 0))
        try owner.wait { $0.entries.count == 10 }
        // The bytes of a group are free again when the writer comes back for the next one.
        while log.queue.append(record) == .full {}
        try owner.wait { $0.durable >= 11 }
        log.close()
        #expect(try entries(in: folder.path) == [[UInt8]](repeating: record, count: 11))
    }

    @Test("an entry for which nobody waits comes to disk by itself, with the next one, and when the log is closed")
    func later() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        log.start(owner.handlers())
        #expect(log.queue.append([1], isAwaited: false) == .accepted(1))
        try owner.wait { $0.durable >= 1 }
        #expect(log.queue.append([2], isAwaited: false) == .accepted(2))
        #expect(log.queue.append([3]) == .accepted(3))
        try owner.wait { $0.durable >= 3 }
        #expect(log.queue.append([4], isAwaited: false) == .accepted(4))
        log.close()
        #expect(try entries(in: folder.path) == [[1], [2], [3], [4]])
    }

    @Test("an entry that comes in the pause behind a shared group is written at its end, or when the log is closed")
    func inThePause() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let owner = LogOwner()
        for number in 1...3 { #expect(log.queue.append([UInt8(number)]) == .accepted(UInt64(number))) }
        log.start(owner.handlers())
        for number in 4...60 {
            try owner.wait { $0.durable >= UInt64(number - 1) }
            #expect(log.queue.append([UInt8(number)]) == .accepted(UInt64(number)))
        }
        log.close()
        #expect(try entries(in: folder.path) == (1...60).map { [$0] })
    }

    @Test("an entry that no segment can hold is refused, the longest is taken")
    func oversized() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        log.start(LogOwner().handlers())
        #expect(log.queue.append([]) == .oversized)
        #expect(log.queue.append([UInt8](repeating: 1, count: 16_385)) == .oversized)
        #expect(log.queue.append([UInt8](repeating: 1, count: 16_384)) == .accepted(1))
        log.close()
        #expect(try entries(in: folder.path) == [[UInt8](repeating: 1, count: 16_384)])
    }
}
