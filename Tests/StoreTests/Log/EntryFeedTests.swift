// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Store
import Synchronization
import Testing

@Suite("Entries handed to the tables")
struct EntryFeedTests {
    private struct HandedOver {
        /// When the first of the later entries was accepted.
        var acceptedLater: DispatchTime?
        var counts: [Int] = []
        /// When the last hand-over began.
        var began = DispatchTime.distantFuture
    }

    @Test("What becomes durable while some are handed over gathers for the next time, instead of coming in crumbs")
    func gathering() throws {
        let folder = try TemporaryFolder()
        let owner = LogOwner()
        var handlers = owner.handlers()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        let handed = Mutex(HandedOver())
        let done = DispatchSemaphore(value: 0)
        handlers.onEntries = { batch in
            let began = DispatchTime.now()
            let isFirst = handed.withLock { handed in
                handed.began = began
                handed.counts.append(batch.count)
                return handed.counts.count == 1
            }
            if isFirst {
                // More are on disk before the first hand-over is done.
                handed.withLock { $0.acceptedLater = .now() }
                for number in 1...3 {
                    guard let sequence = try? log.queue.accept(entry(number)) else { continue }
                    try? owner.wait { $0.durable >= sequence }
                }
            }
            done.signal()
        }
        log.start(handlers)
        _ = try log.queue.accept(entry(0))
        for _ in 0..<2 { #expect(done.wait(timeout: .now() + .seconds(60)) == .success) }
        log.close()
        let all = handed.withLock { $0 }
        #expect(all.counts == [1, 3])
        let accepted = try #require(all.acceptedLater)
        #expect(all.began.uptimeNanoseconds - accepted.uptimeNanoseconds > 90_000_000, "a tenth of a second to gather")
    }
}
