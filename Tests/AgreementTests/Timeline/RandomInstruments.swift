// SPDX-License-Identifier: Apache-2.0

import Agreement

/// Random instruments on few clauses and few days, so that they meet often.
struct RandomInstruments {
    static let day: Int64 = 86_400_000
    static let clauses = ["a", "b"]
    static let events = ["listed", "verified"]

    var random: CaseRandom

    /// An instant on one of the days.
    mutating func instant() -> Instant {
        Instant(nanoseconds: 0).advanced(byMilliseconds: Int64.random(in: 1...20, using: &random) * Self.day)
    }

    mutating func until() -> Until {
        switch Int.random(in: 0...5, using: &random) {
        case 0: .event(Self.events.randomElement(using: &random) ?? "listed")
        case 1: .earliestOf([until(), until()])
        case 2: .latestOf([until(), until()])
        default: .instant(instant(), written: "until then")
        }
    }

    mutating func clause() -> Clause {
        let hasFrom = Int.random(in: 0...2, using: &random) == 0
        let hasEnd = Int.random(in: 0...1, using: &random) == 0
        return Clause(
            id: Self.clauses.randomElement(using: &random) ?? "a",
            kind: .decline(
                .init(
                    cloud: "azure", noticeMilliseconds: Int64.random(in: 0...9, using: &random),
                    silenceMilliseconds: nil)),
            appliesTo: .always, carveOuts: [], from: hasFrom ? instant() : nil, until: hasEnd ? until() : nil,
            text: nil, source: nil, assumed: [])
    }

    mutating func operation() -> Instrument.Operation {
        let id = Self.clauses.randomElement(using: &random) ?? "a"
        let from = Int.random(in: 0...2, using: &random) == 0 ? instant() : nil
        switch Int.random(in: 0...6, using: &random) {
        case 0, 1: return .add(clause())
        case 2, 3: return .replace(clause())
        case 4: return .end(id, from: from)
        case 5:
            let end = Bool.random(using: &random) ? until() : nil
            return .suspend(.init(clause: id, from: from, until: end))
        default: return .resume(id, from: from)
        }
    }

    mutating func instrument(_ number: Int, kind: Instrument.Kind = .amendment) -> Instrument {
        let effective = instant()
        let count = Int.random(in: 0...2, using: &random)
        return Instrument(
            id: "i\(number)", kind: kind, title: nil, amends: nil, signed: effective, effective: effective,
            recorded: instant(), precedence: Int.random(in: -3...3, using: &random), isDraft: false,
            operations: kind.changesTerms ? (0..<count).map { _ in operation() } : [],
            proposals: kind.changesTerms ? [] : [clause(), clause()], statements: [], source: nil)
    }

    mutating func document(instruments count: Int) -> AgreementDocument {
        AgreementDocument(
            id: "deal", title: "Deal", timezone: "UTC", parties: [], clouds: [], events: [],
            instruments: (0..<count).map { instrument($0) })
    }

    mutating func occurrences() -> [EventOccurrence] {
        Self.events.flatMap { event -> [EventOccurrence] in
            let acting = instant()
            guard Bool.random(using: &random) else { return [] }
            let endsAt = Bool.random(using: &random) ? acting.advanced(byMilliseconds: 3 * Self.day) : nil
            return [EventOccurrence(event: event, actsFrom: acting, endsAt: endsAt, recorded: instant())]
        }
    }

    /// Every instant at which anything can change, and one just before it.
    static let instants: [Instant] = (0...25).flatMap { number in
        let instant = Instant(nanoseconds: 0).advanced(byMilliseconds: Int64(number) * day)
        return [instant.advanced(byNanoseconds: -1), instant]
    }
}
