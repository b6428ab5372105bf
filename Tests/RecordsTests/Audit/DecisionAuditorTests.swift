// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("Deciding a ledger again")
struct DecisionAuditorTests {
    /// The one finding of a log; more are a failure.
    private func finding(_ log: SyntheticLog) throws -> String {
        let auditor = log.audit()
        #expect(auditor.findings.count == 1, "\(auditor.findings)")
        return try #require(auditor.findings.first).message
    }

    @Test("A ledger as a gateway writes it gives no finding, and is counted in and out")
    func clean() throws {
        let auditor = try SyntheticLog.sample().audit()
        #expect(auditor.findings == [])
        #expect(auditor.tally.decisions == 4)
        #expect(auditor.tally.accepted == 4)
        #expect(auditor.tally.placements == 3)
        #expect(auditor.tally.refusals == 1)
        #expect(auditor.tally.spills == 2)
        #expect(auditor.tally.departures == 1)
        #expect(auditor.tally.open == 0)
    }

    @Test("A changed outcome is found")
    func outcome() throws {
        var log = try SyntheticLog.sample()
        try log.changeDecision(2) { $0.decision.refusal = .forbidden }
        let messages = log.audit().findings.map(\.message)
        #expect(messages.first == "Deciding 0a0b0c0d-1-3 again gives another outcome than the recorded one.")
    }

    @Test("A changed trace is found")
    func trace() throws {
        var log = try SyntheticLog.sample()
        try log.changeDecision(0) { $0.trace[5] ^= 1 }
        #expect(
            try finding(log) == "The trace of the decision on 0a0b0c0d-1-1 is not the one that its inputs give.")
    }

    @Test("Changed terms are found")
    func terms() throws {
        var log = try SyntheticLog.sample()
        try log.changeDecision(2) { $0.terms[0] ^= 1 }
        #expect(log.audit().findings.first?.message.hasPrefix("The terms of the decision on 0a0b0c0d-1-3") == true)
    }

    @Test("An attempt on a deployment that the decision does not list is found")
    func attempt() throws {
        var log = try SyntheticLog.sample()
        try log.changePlacement(0) { $0.attempts[0].deployment = "aws-od" }
        #expect(try finding(log) == "0a0b0c0d-1-1 was tried on aws-od, which its decision does not list.")
        log = try SyntheticLog.sample()
        try log.changePlacement(0) { $0.attempts[0].decision = 1 }
        #expect(try finding(log) == "0a0b0c0d-1-1 was tried on azure-od, which its decision does not list.")
    }

    @Test("A spill without a ground or without a clause is found")
    func ground() throws {
        for ground in ["", "primary"] {
            var log = try SyntheticLog.sample()
            try log.changePlacement(1) { $0.ground = ground }
            #expect(try finding(log) == "0a0b0c0d-1-2 left the primary without a ground.")
        }
        var log = try SyntheticLog.sample()
        try log.changePlacement(1) { $0.clause = "" }
        #expect(try finding(log) == "0a0b0c0d-1-2 left the primary without a clause.")
    }

    @Test("A placement that says other than its decision is found")
    func otherWords() throws {
        let changes: [(inout PlacementEntry) -> Void] = [
            { $0.isSpill = false }, { $0.ground = "declined" }, { $0.clause = "deal/other" }, { $0.evidence += 1 },
        ]
        for change in changes {
            var log = try SyntheticLog.sample()
            try log.changePlacement(1, change)
            #expect(
                try finding(log)
                    == "The placement of 0a0b0c0d-1-2 has not the ground, clause, evidence and migration of its decision."
            )
        }
    }

    @Test("A second end of a request is found")
    func secondEnd() throws {
        var log = try SyntheticLog.sample()
        try log.repeatLast(.placement)
        #expect(try finding(log) == "The placement of 0a0b0c0d-1-4 has no decision before it, or a second end.")
        log = try SyntheticLog.sample()
        try log.repeatLast(.refusal)
        #expect(try finding(log) == "0a0b0c0d-1-3 ends without a decision, or a second time.")
    }

    @Test("A request without an end is counted as open and not reproached")
    func open() throws {
        var log = try SyntheticLog.sample()
        try log.dropFirst(.placement)
        #expect(log.audit().findings == [])
        #expect(log.audit().tally.open == 1)
    }

    @Test("A request that is admitted twice, and a decision that follows none, are found")
    func numbering() throws {
        var log = try SyntheticLog.sample()
        try log.changeDecision(3) { $0.request.counter = 9 }
        let messages = log.audit().findings.map(\.message)
        #expect(messages == ["The placement of 0a0b0c0d-1-4 has no decision before it, or a second end."])
        log = try SyntheticLog.sample()
        try log.changeDecision(3) { $0.number = 1 }
        #expect(
            log.audit().findings.first?.message == "Decision 1 on 0a0b0c0d-1-4 does not follow the one before it.")
    }

    @Test("A missing object is named", arguments: [ObjectKind.instrument, .agreementHeader, .placementConfiguration])
    func missingObject(kind: ObjectKind) throws {
        var log = try SyntheticLog.sample()
        try log.dropObject(kind)
        let message = try #require(log.audit().findings.first?.message)
        #expect(
            message.hasPrefix("The object ") && message.hasSuffix(" is missing or damaged; restore it from a backup."))
    }

    @Test("A fact out of order is found, and so is one that is missing")
    func facts() throws {
        var log = try SyntheticLog.sample()
        try log.repeatLast(.started)
        #expect(try finding(log) == "Fact 3 follows fact 5; the facts of the ledger are not in order.")
        log = try SyntheticLog.sample()
        try log.dropFirst(.laneRefused)
        let message = log.audit().findings.map(\.message)
        #expect(message.contains("Fact 5 follows fact 3; the facts between them are missing."))
    }

    @Test("Bytes that are no entry, and a fact with the last number there is, are found and end nothing")
    func hostile() throws {
        var auditor = try SyntheticLog.sample().audit()
        auditor.take([0xFF, 0x00], at: 100)
        auditor.take(
            StartedEntry(at: SyntheticLog.noon, revision: .max, boot: 1, version: "").encoded(), at: 101)
        auditor.take(StartedEntry(at: SyntheticLog.noon, revision: 0, boot: 1, version: "").encoded(), at: 102)
        #expect(auditor.findings.map(\.index) == [100, 101, 102])
    }

    @Test("A log with any one byte changed is audited to its end")
    func anyByte() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = CaseRandom(seed: seed)
        let log = try SyntheticLog.sample()
        let objects = log.objects
        for index in log.entries.indices {
            for _ in 0..<25 {
                var entries = log.entries
                let position = Int.random(in: 0..<entries[index].count, using: &random)
                entries[index][position] ^= .random(in: 1...255, using: &random)
                var auditor = DecisionAuditor { objects[$0] }
                for (number, bytes) in entries.enumerated() { auditor.take(bytes, at: UInt64(number)) }
                auditor.finish()
                #expect(auditor.findingCount >= auditor.findings.count, "seed \(seed)")
            }
        }
    }
}
