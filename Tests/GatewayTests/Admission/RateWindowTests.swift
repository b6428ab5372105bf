// SPDX-License-Identifier: Apache-2.0

import Gateway
import Testing

@Suite("A rate window")
struct RateWindowTests {
    @Test("lets no more than the limit into any 60 seconds, and a refused one in after exactly the wait that it stated")
    func strict() {
        var random = SplitMix(seed: 7)
        for _ in 0..<200 {
            var window = RateWindow()
            let limit = Int64.random(in: 1...20, using: &random)
            var now = Int64.random(in: 0...1_000_000_000, using: &random)
            var letIn: [(time: Int64, amount: Int64)] = []
            for _ in 0..<100 {
                now += Int64.random(in: 0...9_000, using: &random)
                window.advance(to: now)
                let amount = Int64.random(in: 1...max(1, limit / 3), using: &random)
                guard let wait = window.wait(for: amount, under: limit, at: now) else {
                    Issue.record("an amount under the limit never fits")
                    return
                }
                if wait > 0 {
                    // Nothing is let in before, and the wait is enough.
                    var early = window
                    early.advance(to: now + wait - 1)
                    #expect(early.wait(for: amount, under: limit, at: now + wait - 1) != 0)
                    now += wait
                    window.advance(to: now)
                    #expect(window.wait(for: amount, under: limit, at: now) == 0)
                }
                window.add(amount)
                letIn.append((now, amount))
                let recent = letIn.filter { $0.time > now - 60_000 }.reduce(0) { $0 + $1.amount }
                #expect(recent <= limit)
            }
        }
    }

    @Test("takes back what was not used, and forgets what is too old to be taken back")
    func givesBack() {
        var window = RateWindow()
        window.advance(to: 100_000)
        window.add(10)
        window.giveBack(4, of: 100)
        #expect(window.used == 6)
        #expect(window.reset(at: 100_500) == 60_500)
        window.advance(to: 161_000)
        #expect(window.used == 0)
        window.giveBack(6, of: 100)
        #expect(window.used == 0)
        #expect(window.reset(at: 161_000) == 0)
    }

    @Test("says of an amount above the limit that waiting does not help")
    func tooMuch() {
        var window = RateWindow()
        window.advance(to: 5_000)
        #expect(window.wait(for: 11, under: 10, at: 5_000) == nil)
        #expect(window.wait(for: 10, under: 10, at: 5_000) == 0)
    }

    @Test(
        "Durations are written as OpenAI writes them",
        arguments: [
            (0, "0ms"), (350, "350ms"), (1_000, "1s"), (7_660, "7.66s"), (59_999, "59.999s"), (60_000, "1m0s"),
            (360_000, "6m0s"), (3_600_000, "1h0m0s"), (3_661_001, "1h1m1.001s"),
        ])
    func durations(milliseconds: Int64, text: String) {
        #expect(RateStanding.duration(milliseconds) == text)
    }
}
