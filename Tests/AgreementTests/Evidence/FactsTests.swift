// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Facts")
struct FactsTests {
    private let host = "id: host, kind: exclusivity, aspect: hosting, cloud: azure"
    private let free = ["aws-od not-covered", "azure-od not-covered"]

    @Test("An observed agreement is in the terms that are watched and not in those that are enforced")
    func enforcement() throws {
        let scenario = Scenario(
            [try Scenario.agreement(clauses: [host])], enforcement: ["deal": .observe])
        #expect(scenario.outcome() == free)
        #expect(scenario.facts.hasObservedAgreement)
        let observed = scenario.facts.terms(at: scenario.now, includingObserved: true)
        #expect(observed.clauses.map(\.clause.id) == ["host"])
        let enforced = Scenario([try Scenario.agreement(clauses: [host])], enforcement: ["deal": .enforce])
        #expect(enforced.outcome() == ["azure-od primary"])
        #expect(!enforced.facts.hasObservedAgreement)
    }

    @Test("An agreement that the configuration does not name is enforced")
    func enforcedByDefault() throws {
        let scenario = Scenario([try Scenario.agreement(clauses: [host])], enforcement: ["another": .observe])
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("A start forgets what was known of capacity and nothing else")
    func start() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        scenario.record(.launch(Launch(cloud: "azure", model: "gpt", at: scenario.now)))
        scenario.refuse("azure-od")
        var facts = scenario.facts
        facts.apply(.started, at: scenario.now)
        #expect(facts.windows.allSatisfy { $0 == CapacityWindow() })
        #expect(facts.people == scenario.facts.people)
        #expect(facts.agreements == scenario.facts.agreements)
        #expect(facts.planRevision == scenario.facts.planRevision)
    }

    @Test("A new configuration keeps the windows of the lanes that it keeps, wherever they stand")
    func configuration() throws {
        var scenario = Scenario()
        scenario.refuse("azure-od", retryAfterMilliseconds: 5_000)
        let window = try scenario.window(of: "azure-od")
        var facts = scenario.facts
        facts.apply(
            .configured(
                PlacementConfiguration(
                    deployments: DeploymentTable([
                        Scenario.deployment("a-new", on: "gcp"), Scenario.deployment("renamed", on: "azure"),
                    ]))), at: scenario.now)
        #expect(facts.windows.count == 2)
        #expect(facts.windows[1] == window)
        #expect(facts.windows[0] == CapacityWindow())
    }

    @Test("A fact about a lane that is not configured is counted and changes nothing else")
    func unknownLane() {
        var scenario = Scenario()
        let before = scenario.facts
        #expect(scenario.refuse("unheard-of") == before.revision + 1)
        #expect(scenario.facts.windows == before.windows)
        #expect(scenario.facts.planRevision == before.planRevision)
    }

    @Test("Asked as known at an instant, facts leave out what was recorded, revoked or attested to later")
    func asKnown() throws {
        let recorder = Recorder(id: "dana", publicKey: [1], kinds: [.launch], parties: ["microsoft"])
        var scenario = Scenario([try Scenario.agreement(clauses: [host])], recorders: [recorder])
        func launch(_ model: String) -> PeopleEvidence.Subject {
            .launch(Launch(cloud: "azure", model: model, at: scenario.now))
        }
        let first = scenario.record(launch("gpt"), attestedBy: ["dana"])
        let second = scenario.record(launch("mini"))
        let before = scenario.now
        scenario.pass(milliseconds: 1_000)
        scenario.record(.attestation(of: second), attestedBy: ["dana"])
        scenario.record(.revocation(of: first), attestedBy: ["dana"])
        let after = scenario.now
        func standing(_ instant: Instant) -> [UInt64] {
            scenario.facts.asKnown(at: instant).standingEvidence.map(\.revision)
        }
        #expect(standing(before.advanced(byNanoseconds: -1)) == [])
        #expect(standing(before) == [first])
        #expect(standing(after.advanced(byNanoseconds: -1)) == [first])
        #expect(standing(after) == [second])
        #expect(scenario.facts.standingEvidence.map(\.revision) == [second])
    }

    @Test("An event that was recorded before it takes effect is known from its recording")
    func announcedEvent() throws {
        var scenario = try Scenario(clauses: host + ", until: {event: listed}")
        let effective = scenario.now.advanced(byMilliseconds: 86_400_000)
        scenario.record(
            .event(EventReport(agreement: "deal", event: "listed", step: .declared, effective: effective)),
            party: "openai")
        func clauses(knownAt: Instant) -> Int {
            scenario.facts.asKnown(at: knownAt).terms(at: effective, includingObserved: false).clauses.count
        }
        #expect(clauses(knownAt: scenario.now.advanced(byNanoseconds: -1)) == 1)
        #expect(clauses(knownAt: scenario.now) == 0)
    }

    @Test("The same facts in another gateway give the same decisions")
    func reproduced() throws {
        let agreement = try Scenario.agreement(clauses: [host])
        var (left, right) = (Scenario([agreement]), Scenario([agreement]))
        for _ in 0..<3 {
            left.refuse("azure-od")
            right.refuse("azure-od")
            left.pass(milliseconds: 500)
            right.pass(milliseconds: 500)
            #expect(left.decide() == right.decide())
            #expect(left.facts.revision == right.facts.revision)
        }
    }
}
