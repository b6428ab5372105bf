// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Synchronization
import Testing

@Suite("The gateway's clock")
struct GatewayClockTests {
    @Test("Two clocks (question 27): an instant is the wall clock or the last one in the log, and never goes back")
    func neverBack() {
        let wall = Mutex<Int64>(1_000)
        let clock = GatewayClock(floor: Instant(nanoseconds: 5_000)) { wall.withLock { $0 } }
        // The log is ahead of the wall clock, as after a restart on a machine whose clock was set back.
        #expect(clock.now() == Instant(nanoseconds: 5_000))
        wall.withLock { $0 = 7_000 }
        #expect(clock.now() == Instant(nanoseconds: 7_000))
        wall.withLock { $0 = 6_000 }
        #expect(clock.now() == Instant(nanoseconds: 7_000))
        wall.withLock { $0 = 7_001 }
        #expect(clock.now() == Instant(nanoseconds: 7_001))
    }
}
