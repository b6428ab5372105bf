// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Providers
import Synchronization
import Testing

@testable import Gateway

@Suite("Word of a failing deployment")
struct UpstreamWatchTests {
    private final class Told: Sendable {
        private let kept = Mutex<[String]>([])
        var changes: [String] { kept.withLock { $0 } }

        func add(_ change: UpstreamWatch.Change) {
            kept.withLock { $0.append("\(change.deployment) \(change.failing?.name ?? "serves")") }
        }
    }

    @Test("comes once for a change, and not again within a minute, however often it changes")
    func once() {
        let told = Told()
        let watch = UpstreamWatch { told.add($0) }
        func at(_ seconds: Int64, _ deployment: String, _ failing: SignalClass?) {
            watch.note(deployment, failing: failing, now: .uptimeNanoseconds(1) + .seconds(seconds))
        }
        at(0, "a", nil)
        for _ in 0..<100 { at(1, "a", .outage) }
        at(2, "b", .auth)
        at(3, "a", nil)
        at(3, "a", nil)
        // Flapping is not spoken of; that it lasts is.
        at(4, "a", .outage)
        at(5, "a", nil)
        at(30, "a", .outage)
        at(62, "a", .outage)
        at(63, "a", nil)
        #expect(told.changes == ["a outage", "b auth", "a serves", "a outage", "a serves"])
    }
}
