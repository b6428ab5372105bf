// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing

@testable import Gateway

@Suite("The pace of streams")
struct PaceTests {
    private func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(milliseconds) }

    private func book(_ paces: [(deployment: String, first: Double, rate: Double)]) -> PaceBook {
        var book = PaceBook()
        for pace in paces {
            for _ in 0..<PaceBook.samplesMin {
                book.note(pace.deployment, firstTokenMilliseconds: pace.first, eventsPerSecond: pace.rate, now: at(0))
            }
        }
        return book
    }

    @Test("P18: a deployment of one token a second goes behind one of thirty, and behind one of which nothing is known")
    func slowRate() {
        let known = book([("slow", 200, 1), ("quick", 200, 30)])
        #expect(known.isSlow("slow", beside: "quick", now: at(0)))
        #expect(!known.isSlow("quick", beside: "slow", now: at(0)))
        #expect(known.isSlow("slow", beside: "unknown", now: at(0)))
        #expect(!known.isSlow("quick", beside: "unknown", now: at(0)))
        #expect(!known.isSlow("unknown", beside: "quick", now: at(0)))
    }

    @Test("a late first token counts too, and what is three times slower but quick enough does not")
    func lateFirst() {
        let late = book([("late", 9_000, 50), ("soon", 1_000, 50), ("sooner", 100, 200)])
        #expect(late.isSlow("late", beside: "soon", now: at(0)))
        #expect(!late.isSlow("soon", beside: "sooner", now: at(0)))
    }

    @Test("where all are equally slow, none is")
    func equal() {
        let equal = book([("one", 9_000, 2), ("two", 8_000, 3)])
        #expect(!equal.isSlow("one", beside: "two", now: at(0)))
        #expect(!equal.isSlow("two", beside: "one", now: at(0)))
    }

    @Test("a slow one gets another chance after a minute")
    func memory() {
        let known = book([("slow", 200, 1), ("quick", 200, 30)])
        #expect(known.isSlow("slow", beside: "quick", now: at(59_999)))
        #expect(!known.isSlow("slow", beside: "quick", now: at(60_000)))
    }

    @Test("a guard judges whole windows and does not count the time in which the client was slow")
    func windows() {
        var pace = PaceGuard()
        func look(_ total: Int, _ milliseconds: Int64) -> Bool {
            pace.isTooSlow(total: total, perSecondMin: 5, windowMilliseconds: 1_000, now: at(milliseconds))
        }
        #expect(!look(0, 0))
        #expect(!look(0, 999))
        #expect(!look(5, 1_000))
        #expect(look(9, 2_000))
        pace.pause()
        #expect(!look(9, 60_000))
        #expect(!look(14, 61_000))
    }
}
