// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("Facts from the ledger")
struct FactReplayTests {
    @Test("The entries and objects of a ledger give back the facts that its gateway had")
    func roundTrip() throws {
        let log = try SyntheticLog.sample()
        let objects = log.objects
        var replay = FactReplay { objects[$0] }
        for bytes in log.entries { _ = try replay.take(Entry(bytes)) }
        #expect(replay.facts.revision == log.facts.revision)
        #expect(replay.facts.planRevision == log.facts.planRevision)
        #expect(replay.facts.agreements == log.facts.agreements)
        #expect(replay.facts.configuration == log.facts.configuration)
        #expect(replay.facts.people == log.facts.people)
        #expect(replay.facts.windows == log.facts.windows)
        let terms = replay.facts.terms(at: log.now, includingObserved: false)
        #expect(terms == log.facts.terms(at: log.now, includingObserved: false))
    }

    @Test("The adopted texts are kept in the order of their adoption")
    func texts() throws {
        let log = try SyntheticLog.sample()
        let objects = log.objects
        var replay = FactReplay { objects[$0] }
        for bytes in log.entries { _ = try replay.take(Entry(bytes)) }
        let adopted = try #require(replay.adopted["deal"])
        #expect(adopted.instruments.map(\.id) == ["first"])
        let again = AgreementReader.readAdopted(header: adopted.header, instruments: adopted.instruments.map(\.text))
        #expect(again.document == log.facts.agreements["deal"])
    }

    @Test("A start may leave out facts that no longer matter, and goes on counting")
    func leftOut() throws {
        let log = try SyntheticLog.sample()
        let objects = log.objects
        var replay = FactReplay { objects[$0] }
        for bytes in log.entries where try Entry(bytes).type != .laneRefused { _ = try replay.take(Entry(bytes)) }
        #expect(replay.facts.revision == log.facts.revision)
        #expect(replay.facts.people == log.facts.people)
    }

    @Test("An entry that is no fact is passed over")
    func noFact() throws {
        var replay = FactReplay { _ in nil }
        let entry = try Entry(ClosedEntry(at: SyntheticLog.noon).encoded())
        #expect(try replay.take(entry) == false)
        #expect(replay.facts.revision == 0)
    }
}
