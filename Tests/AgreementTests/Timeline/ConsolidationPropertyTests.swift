// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Clauses over time, whatever the instruments")
struct ConsolidationPropertyTests {
    private static let rounds = 400

    private func forEachCase(_ body: (inout RandomInstruments, String) throws -> Void) rethrows {
        let seed = UInt64.random(in: 0...UInt64.max)
        for round in 0..<Self.rounds {
            var random = RandomInstruments(random: CaseRandom(seed: seed &+ UInt64(round)))
            try body(&random, "seed \(seed), round \(round)")
        }
    }

    /// The words of a clause at an instant, found by asking each operation in turn.
    private func words(
        of clause: String, at instant: Instant, in document: AgreementDocument, events: [EventOccurrence]
    ) -> ClauseWords? {
        var words: ClauseWords?
        var isSuspended = false
        for instrument in Consolidation.ordered(document.instruments) where instrument.kind.changesTerms {
            for operation in instrument.operations
            where operation.clauseID == clause && operation.actsFrom(in: instrument) <= instant {
                switch operation {
                case .add(let clause):
                    (words, isSuspended) = (ClauseWords(clause: clause, instrument: instrument.id), false)
                case .replace(let clause):
                    words = ClauseWords(clause: clause, instrument: instrument.id)
                case .end:
                    words = nil
                case .suspend(let suspension):
                    isSuspended = !(suspension.until?.isOver(at: instant, events: events) ?? false)
                case .resume:
                    isSuspended = false
                }
            }
        }
        guard let words, !isSuspended, !(words.clause.until?.isOver(at: instant, events: events) ?? false) else {
            return nil
        }
        return words
    }

    private func inForce(_ consolidation: Consolidation, at instant: Instant) -> [ClauseWords] {
        consolidation.clauses(at: instant).map { ClauseWords(clause: $0.clause, instrument: $0.instrument) }
            .sorted { $0.clause.id < $1.clause.id }
    }

    @Test("Of the operations that act by an instant, the one of the last instrument decides")
    func lastInstrumentDecides() {
        forEachCase { random, place in
            let document = random.document(instruments: 8)
            let events = random.occurrences()
            let consolidation = Consolidation(document, events: events)
            for instant in RandomInstruments.instants {
                let expected = RandomInstruments.clauses.compactMap {
                    words(of: $0, at: instant, in: document, events: events)
                }
                #expect(inForce(consolidation, at: instant) == expected, "\(place), at \(instant)")
            }
        }
    }

    @Test("Periods of one clause never overlap, never touch a suspension, and change only at boundaries")
    func shape() {
        forEachCase { random, place in
            let document = random.document(instruments: 8)
            let consolidation = Consolidation(document, events: random.occurrences())
            for clause in RandomInstruments.clauses {
                let own = consolidation.periods.filter { $0.clause.id == clause }
                for (left, right) in zip(own, own.dropFirst()) { #expect(left.to <= right.from, "\(place)") }
                for period in own {
                    #expect(period.from < period.to, "\(place)")
                    for pause in consolidation.suspensions where pause.clause == clause {
                        #expect(pause.to <= period.from || period.to <= pause.from, "\(place)")
                    }
                }
            }
            for instant in RandomInstruments.instants {
                let next = consolidation.nextBoundary(after: instant)
                #expect(
                    inForce(consolidation, at: instant)
                        == inForce(consolidation, at: next.advanced(byNanoseconds: -1)), "\(place)")
            }
        }
    }

    @Test("The order of the instruments in the file means nothing")
    func fileOrder() {
        forEachCase { random, place in
            let document = random.document(instruments: 8)
            let events = random.occurrences()
            var shuffled = document
            shuffled.instruments.shuffle(using: &random.random)
            let (left, right) = (Consolidation(document, events: events), Consolidation(shuffled, events: events))
            #expect(left.periods == right.periods && left.suspensions == right.suspensions, "\(place)")
        }
    }

    @Test("Amendments compose: one more changes nothing before it takes effect")
    func composition() {
        forEachCase { random, place in
            let before = random.document(instruments: 6)
            let events = random.occurrences()
            var after = before
            let amendment = random.instrument(6)
            after.instruments.append(amendment)
            let (left, right) = (Consolidation(before, events: events), Consolidation(after, events: events))
            for instant in RandomInstruments.instants where instant < amendment.effective {
                #expect(inForce(left, at: instant) == inForce(right, at: instant), "\(place)")
            }
        }
    }

    @Test("Memoranda and interpretations change nothing")
    func withoutEffect() {
        forEachCase { random, place in
            let document = random.document(instruments: 6)
            let known = Knowledge(at: random.instant(), events: random.occurrences())
            var more = document
            more.instruments.insert(random.instrument(7, kind: .nonBinding), at: 3)
            more.instruments.insert(random.instrument(8, kind: .interpretation), at: 0)
            let (left, right) = (Consolidation(document, known: known), Consolidation(more, known: known))
            #expect(left.periods == right.periods && left.boundaries == right.boundaries, "\(place)")
        }
    }

    @Test("What was known at an instant is what had been recorded by then")
    func knowledge() {
        forEachCase { random, place in
            let document = random.document(instruments: 8)
            let events = random.occurrences()
            let at = random.instant()
            var known = document
            known.instruments.removeAll { $0.recorded ?? $0.signed > at }
            let recorded = events.filter { $0.recorded <= at }.map {
                EventOccurrence(
                    event: $0.event, actsFrom: $0.actsFrom, endsAt: $0.endsAt.flatMap { $0 > at ? nil : $0 },
                    recorded: $0.recorded)
            }
            let left = Consolidation(document, known: Knowledge(at: at, events: events))
            #expect(left.periods == Consolidation(known, events: recorded).periods, "\(place)")
        }
    }
}

/// The words of a clause in force, with the instrument that gave them.
private struct ClauseWords: Equatable {
    var clause: Clause
    var instrument: String
}
