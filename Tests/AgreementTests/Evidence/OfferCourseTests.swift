// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Offers under a right of first refusal")
struct OfferCourseTests {
    /// Ten business days after noon of 1 June 2026, in UTC.
    private let answerBy = Instant(nanoseconds: 1_781_568_000_000_000_000)
    private let hour: Int64 = 3_600_000
    private let terms = [UInt8](repeating: 7, count: 32)

    private func course(
        onSilence: RightOfFirstRefusalClause.Silence = .lapse,
        partial: RightOfFirstRefusalClause.Partial = .allOrNothing,
        reOffer: RightOfFirstRefusalClause.ReOffer = .onImprovedTerms, minimum: String? = nil, validity: Int64? = nil,
        window: RightOfFirstRefusalClause.ResponseWindow = .businessDays(10, calendar: "business")
    ) -> OfferCourse {
        let clause = RightOfFirstRefusalClause(
            holder: "microsoft", cloud: "azure",
            trigger: .init(text: "New capacity.", minimum: minimum.flatMap { Quantity(text: $0) }),
            responseWindow: window, onSilence: onSilence, partial: partial, match: nil, reOffer: reOffer,
            validityMilliseconds: validity)
        let calendar = BusinessCalendar(id: "business", weekend: [.saturday, .sunday], holidays: [])
        return OfferCourse(under: clause, days: OfferDays(zone: .utc, calendars: [calendar]))
    }

    private func offer(
        _ course: inout OfferCourse, at: Instant, recorded: Instant? = nil, complete: Bool = true,
        documented: Bool = true, quantity: String = "2 GW", evidence: UInt64 = 1
    ) throws {
        let quantity = try #require(Quantity(text: quantity))
        course.take(
            Offer(
                id: "site", agreement: "deal", clause: "rofr", quantity: quantity, offered: at, isComplete: complete),
            provenance: Provenance(recordedBy: "ann", party: "openai", documentSHA256: documented ? terms : nil),
            recorded: recorded ?? at, evidence: evidence)
    }

    private func answer(
        _ course: inout OfferCourse, _ kind: OfferAnswer.Kind, by party: String = "microsoft", at: Instant,
        recorded: Instant? = nil, quantity: String? = nil, evidence: UInt64 = 2
    ) {
        course.take(
            OfferAnswer(
                offer: "site", agreement: "deal", kind: kind, quantity: quantity.flatMap { Quantity(text: $0) }, at: at),
            by: party, recorded: recorded ?? at, evidence: evidence)
    }

    private func later(_ milliseconds: Int64) -> Instant {
        Scenario.noon.advanced(byMilliseconds: milliseconds)
    }

    @Test("An unanswered offer is open until the end of the last business day, and lapses at that instant")
    func lapse() throws {
        var course = course()
        try offer(&course, at: Scenario.noon)
        #expect(answerBy.description == "2026-06-16T00:00:00Z")
        #expect(course.state(at: later(-1)) == nil)
        #expect(course.state(at: Scenario.noon) == .open)
        #expect(course.state(at: answerBy.advanced(byNanoseconds: -1)) == .open)
        #expect(course.state(at: answerBy) == .lapsed)
    }

    @Test("Silence is acceptance where the clause says so")
    func silenceAccepts() throws {
        var course = course(onSilence: .accept)
        try offer(&course, at: Scenario.noon)
        #expect(course.state(at: answerBy) == .accepted)
    }

    @Test(
        "An answer in time holds from then on",
        arguments: [(OfferAnswer.Kind.accepted, OfferCourse.State.accepted), (.declined, .declined)])
    func answers(kind: OfferAnswer.Kind, state: OfferCourse.State) throws {
        var course = course()
        try offer(&course, at: Scenario.noon)
        answer(&course, kind, at: later(hour))
        #expect(course.state(at: later(hour - 1)) == .open)
        #expect(course.state(at: later(hour)) == state)
        #expect(course.state(at: answerBy) == state)
        #expect(course.steps.last?.evidence == 2)
    }

    @Test("An answer at the end of the window is too late, as is one to an offer that was not made yet")
    func outOfTime() throws {
        for instant in [answerBy, later(-1)] {
            var course = course()
            try offer(&course, at: Scenario.noon)
            answer(&course, .accepted, at: instant, recorded: max(instant, Scenario.noon))
            #expect(course.state(at: answerBy) == .lapsed)
        }
    }

    @Test("An answer that was given in time and recorded late counts from its recording")
    func recordedLate() throws {
        var course = course()
        try offer(&course, at: Scenario.noon)
        let recorded = answerBy.advanced(byMilliseconds: hour)
        answer(&course, .accepted, at: later(hour), recorded: recorded)
        #expect(course.state(at: recorded.advanced(byNanoseconds: -1)) == .lapsed)
        #expect(course.state(at: recorded) == .accepted)
    }

    @Test("Only the holder accepts or declines, and only another party withdraws")
    func parties() throws {
        var course = course()
        try offer(&course, at: Scenario.noon)
        answer(&course, .declined, by: "openai", at: later(1))
        answer(&course, .accepted, by: "amazon", at: later(1))
        answer(&course, .withdrawn, by: "microsoft", at: later(1))
        #expect(course.state(at: later(1)) == .open)
        answer(&course, .withdrawn, by: "openai", at: later(2))
        #expect(course.state(at: later(2)) == .withdrawn)
        #expect(course.state(at: answerBy) == .withdrawn)
    }

    @Test("An incomplete offer, and one without the document of its terms, starts no clock and can't be declined")
    func incomplete() throws {
        for (complete, documented) in [(false, true), (true, false)] {
            var course = course()
            try offer(&course, at: Scenario.noon, complete: complete, documented: documented)
            answer(&course, .declined, at: later(1))
            #expect(course.state(at: answerBy) == .incomplete)
            let completed = later(24 * hour)
            try offer(&course, at: completed, evidence: 3)
            #expect(course.state(at: answerBy) == .open)
            #expect(course.state(at: answerBy.advanced(byMilliseconds: 24 * hour)) == .lapsed)
        }
    }

    @Test("An offer on improved terms has a clock of its own, also after a decline or a lapse")
    func improved() throws {
        for hours: Int64 in [1, 720] {
            var course = course()
            try offer(&course, at: Scenario.noon)
            answer(&course, .declined, at: later(1))
            let again = later(hours * hour)
            try offer(&course, at: again, evidence: 3)
            #expect(course.state(at: again.advanced(byNanoseconds: -1)) == .declined)
            #expect(course.state(at: again) == .open)
            #expect(course.state(at: again.advanced(byMilliseconds: 20 * 24 * hour)) == .lapsed)
        }
    }

    @Test("Where one offer is enough another changes nothing, unless the first was withdrawn")
    func noneAgain() throws {
        var course = course(reOffer: .none)
        try offer(&course, at: Scenario.noon)
        answer(&course, .declined, at: later(1))
        try offer(&course, at: later(2), evidence: 3)
        #expect(course.state(at: later(2)) == .declined)

        var other = self.course(reOffer: .none)
        try offer(&other, at: Scenario.noon)
        answer(&other, .withdrawn, by: "openai", at: later(1))
        try offer(&other, at: later(2), evidence: 3)
        #expect(other.state(at: later(2)) == .open)
    }

    @Test("What was accepted stays accepted")
    func accepted() throws {
        var course = course()
        try offer(&course, at: Scenario.noon)
        answer(&course, .accepted, at: later(1))
        answer(&course, .declined, at: later(2))
        answer(&course, .withdrawn, by: "openai", at: later(3))
        try offer(&course, at: later(4), evidence: 3)
        #expect(course.state(at: answerBy) == .accepted)
    }

    @Test("A part that is accepted leaves the rest free where the clause splits, and is no answer where it does not")
    func parts() throws {
        var split = course(partial: .split)
        try offer(&split, at: Scenario.noon)
        answer(&split, .accepted, at: later(1), quantity: "0.5 GW")
        #expect(split.state(at: later(1)) == .partlyAccepted)
        #expect(OfferCourse.State.partlyAccepted.frees)

        var whole = course()
        try offer(&whole, at: Scenario.noon)
        answer(&whole, .accepted, at: later(1), quantity: "0.5 GW")
        #expect(whole.state(at: later(1)) == .open)
        answer(&whole, .accepted, at: later(2), quantity: "2 GW")
        #expect(whole.state(at: later(2)) == .accepted)
    }

    @Test("Less capacity than must be offered is free at once")
    func trigger() throws {
        for (quantity, state) in [("0.9 GW", OfferCourse.State.belowTrigger), ("1 GW", .open), ("900 MW", .open)] {
            var course = course(minimum: "1 GW")
            try offer(&course, at: Scenario.noon, quantity: quantity)
            #expect(course.state(at: Scenario.noon) == state, "\(quantity)")
        }
    }

    @Test("A third party's deal may be closed for a time after the decline or lapse, and then needs another offer")
    func validity() throws {
        var declined = course(validity: hour)
        try offer(&declined, at: Scenario.noon)
        answer(&declined, .declined, at: later(1))
        #expect(declined.state(at: later(hour)) == .declined)
        #expect(declined.state(at: later(hour + 1)) == .expired)

        var lapsed = course(validity: hour)
        try offer(&lapsed, at: Scenario.noon)
        #expect(lapsed.state(at: answerBy.advanced(byMilliseconds: hour)) == .expired)
    }

    @Test("A window in a calendar that the agreement does not have never ends")
    func unknownCalendar() throws {
        var course = course(window: .businessDays(1, calendar: "lunar"))
        try offer(&course, at: Scenario.noon)
        #expect(course.state(at: later(100 * 365 * 24 * hour)) == .open)
    }

    @Test("Whatever happens, in whatever order, the steps of an offer come one after another")
    func orderedSteps() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = CaseRandom(seed: seed)
        for _ in 0..<500 {
            var course = course(
                partial: random.one(RightOfFirstRefusalClause.Partial.allCases),
                reOffer: random.one(RightOfFirstRefusalClause.ReOffer.allCases),
                validity: random.one([nil, 5 * hour]), window: .milliseconds(10 * hour))
            var wasAccepted = false
            for step in 0..<8 as Range<Int64> {
                let at = later((step + random.number(-6...6)) * hour)
                let recorded = later(step * hour)
                if random.happens(oneIn: 3) {
                    try offer(&course, at: at, recorded: recorded, complete: !random.happens(oneIn: 4))
                } else {
                    answer(
                        &course, random.one(OfferAnswer.Kind.allCases), by: random.one(["microsoft", "openai"]), at: at,
                        recorded: recorded, quantity: random.one([nil, "1 GW"]))
                }
                let froms = course.steps.map(\.from)
                #expect(zip(froms, froms.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
                if wasAccepted { #expect(course.steps.last?.state == .accepted, "seed \(seed)") }
                wasAccepted = course.steps.last?.state == .accepted
            }
        }
    }
}
