// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Declines in time")
struct DeclineTests {
    private let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}"
    private let hour: Int64 = 3_600_000

    private var longContext: Workload {
        var workload = Scenario.chat
        workload.features = .longContext
        return workload
    }

    private func scenario(_ clause: String) throws -> Scenario {
        try Scenario(clauses: home, "id: how, kind: decline, cloud: azure\(clause)")
    }

    private func moves(_ scenario: Scenario) -> Bool {
        scenario.outcome(longContext) == ["aws-od declined"]
    }

    @Test("An answer counts from the instant that it gives and ends at its own end")
    func answer() throws {
        var scenario = try scenario("")
        let answered = scenario.now.advanced(byMilliseconds: hour)
        let until = answered.advanced(byMilliseconds: hour)
        scenario.record(
            .decline(
                Decline(
                    cloud: "azure", features: .longContext, models: [], requested: nil, answered: answered,
                    until: until)))
        for (instant, expected) in [
            (answered.advanced(byNanoseconds: -1), false), (answered, true),
            (until.advanced(byNanoseconds: -1), true), (until, false),
        ] {
            scenario.now = instant
            #expect(moves(scenario) == expected, "\(instant)")
        }
    }

    @Test("A notice delays the answer, and nothing counts before it was recorded")
    func notice() throws {
        var scenario = try scenario(", notice: 2h")
        let answered = scenario.now.advanced(byMilliseconds: -hour)
        scenario.record(
            .decline(
                Decline(
                    cloud: "azure", features: .longContext, models: [], requested: nil, answered: answered,
                    until: .distantFuture)))
        #expect(!moves(scenario))
        scenario.now = answered.advanced(byMilliseconds: 2 * hour)
        #expect(moves(scenario))

        var late = try self.scenario("")
        let recorded = late.now
        late.record(
            .decline(
                Decline(
                    cloud: "azure", features: .longContext, models: [], requested: nil, answered: answered,
                    until: .distantFuture)))
        late.now = recorded.advanced(byNanoseconds: -1)
        #expect(!moves(late))
        late.now = recorded
        #expect(moves(late))
    }

    @Test("Silence counts only where the clause says so, after the time that it gives")
    func silence() throws {
        for (clause, counts) in [("", false), (", silence: 3h", true)] {
            var scenario = try scenario(clause)
            let requested = scenario.now.advanced(byMilliseconds: -hour)
            scenario.record(
                .decline(
                    Decline(
                        cloud: "azure", features: .longContext, models: [], requested: requested, answered: nil,
                        until: .distantFuture)))
            #expect(!moves(scenario))
            scenario.now = requested.advanced(byMilliseconds: 3 * hour).advanced(byNanoseconds: -1)
            #expect(!moves(scenario))
            scenario.now = requested.advanced(byMilliseconds: 3 * hour)
            #expect(moves(scenario) == counts)
        }
    }

    @Test("A revoked decline no longer holds, and another cloud's never did")
    func revocation() throws {
        var scenario = try scenario("")
        var decline = Decline(
            cloud: "aws", features: .longContext, models: [], requested: nil, answered: scenario.now,
            until: .distantFuture)
        scenario.record(.decline(decline))
        #expect(!moves(scenario))
        decline.cloud = "azure"
        let number = scenario.record(.decline(decline))
        #expect(moves(scenario))
        scenario.record(.revocation(of: number))
        #expect(!moves(scenario))
    }
}
