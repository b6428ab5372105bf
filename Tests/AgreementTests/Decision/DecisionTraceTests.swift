// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Traces")
struct DecisionTraceTests {
    private func trace(_ scenario: Scenario, own: OwnSignals = OwnSignals()) -> DecisionTrace {
        let plan = scenario.plan()
        let decision = plan.decide(windows: scenario.facts.windows, at: scenario.now, now: scenario.now, own: own)
        return plan.trace(
            decision, terms: scenario.terms(), windows: scenario.facts.windows, at: scenario.now, now: scenario.now,
            own: own)
    }

    private func verdicts(_ trace: DecisionTrace) -> [String] {
        trace.deployments.map { "\($0.deployment): \($0.verdict)" + ($0.clause.isEmpty ? "" : " (\($0.clause))") }
    }

    @Test("A trace says what each clause said, and what is missing for a spill")
    func healthy() throws {
        let scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, "
                + "spill_on: {all_of: [capacity, declined]}",
            "id: far, kind: exclusivity, aspect: hosting, cloud: gcp, applies_to: {product: [search]}")
        let trace = trace(scenario)
        #expect(trace.clauses.map(\.clause) == ["deal/far", "deal/home"])
        #expect(trace.clauses.map(\.saying) == ["is about other workloads", "binds"])
        #expect(trace.clauses.allSatisfy { $0.instrument == "first" })
        #expect(trace.established.isEmpty)
        #expect(trace.missing == ["capacity", "declined"])
        #expect(
            verdicts(trace) == [
                "azure-od: listed (deal/home)", "aws-od: only on a ground that does not hold (deal/home)",
            ])
    }

    @Test("A trace names the carve-out, the ground and the wait")
    func grounds() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 5_000)
        #expect(
            verdicts(trace(scenario)) == [
                "azure-od: asked not to be called yet", "aws-od: listed on the ground capacity (deal/home)",
            ])
        #expect(trace(scenario).established == ["capacity"])

        let lifted = try Scenario(
            clauses: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, "
                + "carve_outs: [{id: chats, applies_to: {product: [chat]}}]")
        #expect(trace(lifted).clauses.first?.carveOut == "chats")
    }

    @Test("A trace says why nothing may be tried while agreements contradict each other")
    func conflict() throws {
        let clauses = ["azure", "aws"].map { "id: home, kind: primary-cloud, cloud: \($0), meaning: try-first" }
        let scenario = Scenario([
            try Scenario.agreement("a", clauses: [clauses[0]]), try Scenario.agreement("b", clauses: [clauses[1]]),
        ])
        #expect(trace(scenario).deployments.count == 2)
        #expect(trace(scenario).deployments.allSatisfy { $0.verdict == "agreements contradict each other" })
    }

    @Test("Neither the instant nor the number of the evidence stands in a trace")
    func shared() throws {
        var first = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        var second = first
        first.refuse("azure-od", retryAfterMilliseconds: 5_000)
        second.pass(milliseconds: 77_000)
        second.record(.launch(Launch(cloud: "gcp", model: "x", at: second.now)))
        second.refuse("azure-od", retryAfterMilliseconds: 9_000)
        #expect(first.decide() != second.decide())
        #expect(trace(first) == trace(second))
    }
}
