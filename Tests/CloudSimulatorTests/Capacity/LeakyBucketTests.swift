// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import NIOCore
import Testing

@Suite("A leaky bucket")
struct LeakyBucketTests {
    private func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }

    @Test("takes a minute's allowance at once and then what has drained")
    func drains() {
        var bucket = LeakyBucket(allowance: 60_000, speed: 1)
        bucket.add(60_000, now: at(0))
        #expect(bucket.room(now: at(0)) == 0)
        #expect(bucket.room(now: at(1_000)) == 1_000)
        #expect(bucket.wait(for: 1_500, by: .fits, now: at(1_000)) == 500_000)
        #expect(bucket.wait(for: 1_500, by: .fits, now: at(1_500)) == 0)
        #expect(bucket.microsecondsUntilEmpty(now: at(15_000)) == 45_000_000)
        #expect(bucket.room(now: at(3_600_000)) == 60_000)
    }

    @Test("drains as many times faster as the speed says, and holds no more")
    func speed() {
        var bucket = LeakyBucket(allowance: 60_000, speed: 60)
        #expect(bucket.room(now: at(0)) == 60_000)
        bucket.add(60_000, now: at(0))
        #expect(bucket.room(now: at(500)) == 30_000)
        #expect(bucket.wait(for: 60_000, by: .fits, now: at(0)) == 1_000_000)
    }

    @Test("lets one request overshoot where it counts as provisioned throughput does")
    func overshoot() {
        var bucket = LeakyBucket(allowance: 1_000, speed: 1)
        bucket.add(999, now: at(0))
        #expect(bucket.wait(for: 5_000, by: .isBelowFull, now: at(0)) == 0)
        bucket.add(5_000, now: at(0))
        // 4,999 units over 1,000 a minute, and a hair to be below full.
        #expect(bucket.wait(for: 1, by: .isBelowFull, now: at(0)) == 299_940_001)
    }

    @Test("tells a minute for what never fits")
    func neverFits() {
        let bucket = LeakyBucket(allowance: 10, speed: 2)
        #expect(bucket.wait(for: 11, by: .fits, now: at(0)) == 30_000_000)
        #expect(LeakyBucket(allowance: 0, speed: 1).wait(for: 1, by: .isBelowFull, now: at(0)) == 60_000_000)
    }

    @Test("keeps what is in it when its allowance changes")
    func changes() {
        var bucket = LeakyBucket(allowance: 1_000, speed: 1)
        bucket.add(600, now: at(0))
        bucket.setAllowance(500, now: at(0))
        #expect(bucket.room(now: at(0)) == 0)
        bucket.setAllowance(2_000, now: at(0))
        #expect(bucket.room(now: at(0)) == 1_400)
        bucket.giveBack(10_000, now: at(0))
        #expect(bucket.room(now: at(0)) == 2_000)
    }

    @Test("survives the largest limits, any time apart, and a clock that steps back")
    func extremes() {
        let most = SimulatedCloud.tokensPerMinuteMax
        var bucket = LeakyBucket(allowance: most, speed: SimulatedCloud.speedMax)
        bucket.add(most, now: at(0))
        #expect(bucket.room(now: .uptimeNanoseconds(1 << 62)) == most)
        #expect(bucket.room(now: .uptimeNanoseconds(0)) == 0)
    }

    @Test("never takes in more than its allowance and what drained, whatever comes (seed 3)")
    func conserves() {
        var random = SeededSequence(seed: 3)
        var bucket = LeakyBucket(allowance: 6_000, speed: 10)
        var taken = 0
        var now: Int64 = 0
        for _ in 0..<20_000 {
            now += Int64(random.next() % 20)
            let units = Int(random.next() % 100)
            guard bucket.wait(for: units, by: .fits, now: at(now)) == 0 else { continue }
            bucket.add(units, now: at(now))
            taken += units
            #expect(taken <= 6_000 + Int(now))
        }
        #expect(taken > Int(now))
    }
}
