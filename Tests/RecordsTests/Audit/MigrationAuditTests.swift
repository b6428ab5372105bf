// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("Deciding a ledger with a migration again")
struct MigrationAuditTests {
    /// A log in which azure refused, and half of the workload was moved off it for that.
    private func log(refusing lane: Int = 1) throws -> SyntheticLog {
        var log = try SyntheticLog()
        log.refuse(lane: lane)
        log.record(
            .migration(
                MigrationReport(
                    migration: "exodus",
                    step: .opened(
                        MigrationReport.Opening(
                            from: "azure", to: "aws", product: "chat", model: nil, ground: .capacity,
                            evidence: log.facts.revision, percent: 50, conditionsOfReturn: ["It has capacity."])),
                    effective: log.now)))
        return log
    }

    @Test("what moved and what stayed is decided the same again, from the part that is recorded")
    func same() throws {
        var log = try log()
        log.serve(bucket: 4_999, of: "exodus")
        log.serve(bucket: 5_000, of: "exodus")
        let auditor = log.audit()
        #expect(auditor.findings == [])
        #expect(auditor.tally.decisions == 2)
        let placements = try log.entries.compactMap { bytes -> PlacementEntry? in
            if case .placement(let entry) = try Entry(bytes) { entry } else { nil }
        }
        #expect(placements.map(\.migration) == ["exodus", nil])
        #expect(placements.map(\.ground) == ["capacity", "capacity"])
    }

    @Test("a log from before migrations moved requests still verifies, though one was open")
    func old() throws {
        var log = try log()
        log.serve()
        #expect(log.audit().findings == [])
    }

    @Test("a part that was changed afterwards, and another migration's name, are found")
    func changed() throws {
        var log = try log()
        log.serve(bucket: 4_999, of: "exodus")
        var other = log
        try other.changeDecision(0) { $0.own.bucket = 5_000 }
        #expect(
            other.audit().findings.first?.message
                == "Deciding 0a0b0c0d-1-1 again gives another outcome than the recorded one.")
        other = log
        try other.changeDecision(0) { $0.migration = "return" }
        #expect(
            other.audit().findings.first?.message
                == "The decision on 0a0b0c0d-1-1 names another migration than the one that ran then.")
        other = log
        try other.changePlacement(0) { $0.migration = nil }
        #expect(
            other.audit().findings.map(\.message) == [
                "The placement of 0a0b0c0d-1-1 has not the ground, clause, evidence and migration of its decision."
            ])
    }

    @Test("a migration for lack of capacity whose evidence is no refusal by the primary is found once it moves")
    func unfounded() throws {
        // Here it is aws that refused.
        var log = try log(refusing: 0)
        log.serve(bucket: 9_999, of: "exodus")
        #expect(log.audit().findings == [])
        log.pass(milliseconds: 60_000)
        log.serve(bucket: 0, of: "exodus")
        #expect(
            log.audit().findings.map(\.message) == [
                "The migration exodus moves 0a0b0c0d-1-2 for lack of capacity, and its evidence is no refusal by the "
                    + "cloud that it leaves."
            ])
    }

    @Test("a part without a migration, a migration without a part, and a part beyond the last are no decision")
    func malformed() throws {
        var log = try log()
        log.serve(bucket: 1, of: "exodus")
        let bytes = try #require(log.entries.first { try Entry($0).decision != nil })
        let entry = try #require(try Entry(bytes).decision)
        let changes: [(inout DecisionEntry) -> Void] = [
            { $0.migration = nil }, { $0.own.bucket = nil }, { $0.own.bucket = MigrationBucket.count },
        ]
        for change in changes {
            var changed = entry
            change(&changed)
            #expect(throws: RecordError.self) { try Entry(changed.encoded()) }
        }
    }
}

extension Entry {
    fileprivate var decision: DecisionEntry? {
        if case .decision(let entry) = self { entry } else { nil }
    }
}
