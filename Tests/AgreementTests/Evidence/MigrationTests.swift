// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let start = Scenario.noon

    private func opening(
        percent: Int = 10, to cloud: String = "aws", conditions: [String] = ["Long context is served on azure."]
    ) -> MigrationReport.Step {
        .opened(
            MigrationReport.Opening(
                from: "azure", to: cloud, product: "chat", model: nil, ground: .declined, evidence: 4, percent: percent,
                conditionsOfReturn: conditions))
    }

    private func report(_ step: MigrationReport.Step, hours: Int64 = 0) -> MigrationReport {
        MigrationReport(migration: "long-context", step: step, effective: later(hours))
    }

    private func later(_ hours: Int64) -> Instant {
        start.advanced(byMilliseconds: hours * 3_600_000)
    }

    @Test("A migration moves in steps, each from its own instant, and nothing from its closing on")
    func course() throws {
        var migration = try Migration(report(opening()), recorded: start, evidence: 5)
        try migration.take(report(.moved(percent: 50), hours: 2), recorded: later(1))
        try migration.take(report(.moved(percent: 25), hours: 3), recorded: later(4))
        try migration.take(report(.closed(reason: "Served again."), hours: 6), recorded: later(5))
        #expect(
            [-1, 0, 1, 2, 3, 4, 5, 6, 9].map { migration.percent(at: later($0)) } == [0, 10, 10, 50, 50, 25, 25, 0, 0])
        #expect(migration.closed == later(6))
        #expect(migration.openedBy == 5)
    }

    @Test(
        "A report that does not fit is refused with what to do instead",
        arguments: [
            (
                "moved before",
                "The migration long-context is not open; open it first, with its clouds, ground and conditions."
            ),
            ("to itself", "The migration long-context leads from azure to itself; name two different clouds."),
            (
                "no condition",
                "The migration long-context has no condition of return; say when the workload comes back."
            ),
            ("nothing", "The migration long-context can't move 0 percent; give 1 to 100, or close it to move nothing."),
            (
                "too much",
                "The migration long-context can't move 101 percent; give 1 to 100, or close it to move nothing."
            ),
            (
                "twice",
                "The migration long-context is already open; change its percentage, or open another one under another name."
            ),
            (
                "earlier",
                "The step takes effect at 2026-06-01T12:00:00Z, not after the last one of the migration long-context "
                    + "at 2026-06-01T12:00:00Z; give a later instant."
            ),
            (
                "closed",
                "The migration long-context was closed at 2026-06-01T14:00:00Z; open another one under another name."
            ),
        ])
    func refused(name: String, message: String) throws {
        var scenario = Scenario()
        var next = report(opening(), hours: 3)
        switch name {
        case "moved before": next.step = .moved(percent: 10)
        case "to itself": next.step = opening(to: "azure")
        case "no condition": next.step = opening(conditions: [])
        case "nothing": next.step = opening(percent: 0)
        case "too much":
            scenario.record(.migration(report(opening())))
            next.step = .moved(percent: 101)
        case "twice": scenario.record(.migration(report(opening())))
        case "earlier":
            scenario.record(.migration(report(opening())))
            next = report(.moved(percent: 20))
        default:
            scenario.record(.migration(report(opening())))
            scenario.record(.migration(report(.closed(reason: "Done."), hours: 2)))
        }
        let before = scenario.facts.migrations
        let error = try #require(throws: EvidenceError.self) {
            try scenario.facts.check(.migration(next), by: "openai", document: nil, now: start)
        }
        #expect(error.message == message)
        // Recorded all the same, it changes nothing.
        scenario.record(.migration(next))
        #expect(scenario.facts.migrations == before)
    }

    @Test("Facts keep migrations by what stands: a revoked step is undone, and several run beside each other")
    func facts() throws {
        var scenario = Scenario()
        scenario.record(.migration(report(opening())))
        scenario.record(.migration(MigrationReport(migration: "other", step: opening(percent: 100), effective: start)))
        let step = scenario.record(.migration(report(.moved(percent: 50), hours: 1)))
        try scenario.facts.check(
            .migration(report(.moved(percent: 60), hours: 2)), by: "openai", document: nil, now: start)
        #expect(scenario.facts.migrations.map(\.id) == ["long-context", "other"])
        #expect(scenario.facts.migrations[0].percent(at: later(1)) == 50)
        scenario.record(.revocation(of: step))
        #expect(scenario.facts.migrations[0].percent(at: later(1)) == 10)
    }

    @Test("A step back may go all the way, and the migration stays open")
    func stepBack() throws {
        var migration = try Migration(report(opening()), recorded: start, evidence: 5)
        try migration.take(report(.moved(percent: 0), hours: 1), recorded: start)
        try migration.take(report(.moved(percent: 5), hours: 2), recorded: start)
        #expect([0, 1, 2].map { migration.percent(at: later($0)) } == [10, 0, 5])
        #expect(migration.closed == nil)
    }
}
