// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// The open question about papers that bind nobody, with the answer that decisions give.
@Suite("Questions of papers")
struct QuestionsOfPapersTests {
    /// A memorandum that would turn everything round, and a statement about how words are read.
    private static let papers = """
          - id: memorandum
            kind: non-binding
            effective: 2026-02-01
            clauses: [{id: host, kind: exclusivity, aspect: hosting, cloud: aws}]
            statements: [{id: intent, text: The parties intend to end exclusivity.}]
          - id: statement
            kind: interpretation
            effective: 2026-03-01
            statements: [{id: reading, text: Nothing here changes the terms., about: [host]}]

        """

    @Test("A memorandum and an interpretation (question 28) change no decision, whenever it is made")
    func memorandum() throws {
        let clauses = [
            "id: host, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: [chat]}",
            "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}",
        ]
        var with = Scenario([try Scenario.agreement(clauses: clauses, more: Self.papers)])
        var without = Scenario([try Scenario.agreement(clauses: clauses)])
        #expect(with.facts.agreements != without.facts.agreements)
        with.refuse("azure-od", retryAfterMilliseconds: 60_000)
        without.refuse("azure-od", retryAfterMilliseconds: 60_000)
        for day in ["2026-01-15", "2026-02-01", "2026-03-01", "2026-12-31"] {
            let at = try #require(Instant(rfc3339: day + "T12:00:00Z"))
            for product in ["chat", "search"] {
                var workload = Scenario.chat
                workload[.product] = product
                #expect(with.decide(workload, at: at) == without.decide(workload, at: at), "\(day) \(product)")
                #expect(with.terms(at: at) == without.terms(at: at))
            }
        }
    }

    @Test("Papers that do not bind (question 28), in random agreements, change no decision and no trace")
    func random() {
        let seed = UInt64.random(in: 0...UInt64.max)
        for round in 0..<500 as Range<UInt64> {
            let random = RandomCase(seed: seed &+ round)
            var facts = random.facts
            var drawing = CaseRandom(seed: seed &+ round)
            for document in facts.agreements.values.sorted(by: { $0.id < $1.id }) {
                var document = document
                let other = RandomCase(seed: drawing.next()).facts.agreements["deal0"]?.instruments.first
                guard var paper = other else { continue }
                paper.id = "paper"
                paper.kind = drawing.one([.nonBinding, .interpretation])
                document.instruments.insert(paper, at: Int(drawing.number(0...1)))
                facts.apply(.adopted(document), at: random.now)
            }
            let terms = facts.terms(at: random.at, includingObserved: false)
            #expect(terms == random.terms, "seed \(seed &+ round)")
            let plan = Plan(
                workload: random.workload, terms: terms, configuration: facts.configuration,
                people: facts.standingEvidence)
            let decision = plan.decide(windows: facts.windows, at: random.at, now: random.now, own: random.own)
            #expect(decision == random.decide(), "seed \(seed &+ round)")
            func trace(_ plan: Plan) -> DecisionTrace {
                plan.trace(
                    decision, terms: terms, windows: facts.windows, at: random.at, now: random.now, own: random.own)
            }
            #expect(trace(plan) == trace(random.plan()), "seed \(seed &+ round)")
        }
    }
}
