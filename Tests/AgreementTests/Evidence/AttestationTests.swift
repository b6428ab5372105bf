// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Attested evidence")
struct AttestationTests {
    private let home = "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}"
    private let moved = ["aws-od declined"]
    private let stays = ["azure-od primary"]
    private let longContext: Workload = {
        var workload = Scenario.chat
        workload.features = .longContext
        return workload
    }()

    private func recorder(
        _ id: String, key: UInt8, kinds: [PeopleEvidence.Kind] = PeopleEvidence.Kind.allCases,
        parties: [String] = ["microsoft", "openai"]
    ) -> Recorder {
        Recorder(id: id, publicKey: [UInt8](repeating: key, count: 32), kinds: kinds, parties: parties)
    }

    private func scenario(_ recorders: [Recorder], clause: String? = nil) throws -> Scenario {
        Scenario([try Scenario.agreement(clauses: [clause ?? home])], recorders: recorders)
    }

    private func decline(_ now: Instant) -> PeopleEvidence.Subject {
        .decline(
            Decline(
                cloud: "azure", features: .longContext, models: [], requested: nil, answered: now,
                until: .distantFuture))
    }

    private func override(_ now: Instant) -> PeopleEvidence.Subject {
        .override(
            PlacementOverride(
                cloud: "aws", product: nil, model: nil, from: now, until: now.advanced(byMilliseconds: 3_600_000),
                reason: "incident 7"))
    }

    @Test("While no recorders are configured the names of persons are enough")
    func named() throws {
        var scenario = try scenario([])
        scenario.record(decline(scenario.now))
        #expect(scenario.outcome(longContext) == moved)
    }

    @Test("Where recorders are configured, evidence without a valid attestation is absent")
    func absent() throws {
        let recorders = [
            recorder("dana", key: 1), recorder("launches-only", key: 2, kinds: [.launch]),
            recorder("of-openai", key: 3, parties: ["openai"]),
        ]
        for attesting in [[], ["unknown"], ["launches-only"], ["of-openai"]] {
            var scenario = try scenario(recorders)
            scenario.record(decline(scenario.now), attestedBy: attesting)
            #expect(scenario.outcome(longContext) == stays, "\(attesting)")
            #expect(scenario.facts.standingEvidence.isEmpty)
        }
        var unverified = try scenario(recorders)
        let provenance = Provenance(
            recordedBy: "ann", party: "microsoft",
            attestations: [Attestation(recorder: "dana", signature: [1, 2, 3], isVerified: false)])
        #expect(unverified.facts.people.isEmpty)
        unverified.apply(.recorded(decline(unverified.now), provenance))
        #expect(unverified.outcome(longContext) == stays)

        var attested = try scenario(recorders)
        attested.record(decline(attested.now), attestedBy: ["dana"])
        #expect(attested.outcome(longContext) == moved)
    }

    @Test("Evidence that is attested to later counts from then on, and not before")
    func completedLater() throws {
        var scenario = try scenario([recorder("dana", key: 1)])
        let recorded = scenario.now
        let number = scenario.record(decline(recorded))
        scenario.pass(milliseconds: 60_000)
        scenario.record(.attestation(of: number), attestedBy: ["dana"])
        #expect(scenario.outcome(longContext) == moved)
        #expect(scenario.decide(longContext)[0].evidence == number)
        scenario.now = scenario.now.advanced(byNanoseconds: -1)
        #expect(scenario.outcome(longContext) == stays)
    }

    @Test("An override takes two recorders with two keys")
    func two() throws {
        let recorders = [recorder("dana", key: 1), recorder("tom", key: 2), recorder("dana-again", key: 1)]
        for (attesting, outcome) in [
            (["dana"], "azure-od primary"), (["dana", "dana"], "azure-od primary"),
            (["dana", "dana-again"], "azure-od primary"), (["dana", "tom"], "aws-od departure"),
        ] {
            var scenario = try scenario(recorders)
            scenario.record(override(scenario.now), party: "openai", attestedBy: attesting)
            #expect(scenario.outcome().first == outcome, "\(attesting)")
        }
    }

    @Test("The second recorder of an event may come later; the event acts from then on")
    func event() throws {
        var scenario = try scenario(
            [recorder("dana", key: 1), recorder("tom", key: 2)],
            clause: "id: host, kind: exclusivity, aspect: hosting, cloud: azure, until: {event: listed}")
        let free = ["aws-od not-covered", "azure-od not-covered"]
        let number = scenario.record(
            .event(EventReport(agreement: "deal", event: "listed", step: .declared, effective: scenario.now)),
            party: "openai", attestedBy: ["dana"])
        #expect(scenario.outcome() == stays)
        scenario.record(.attestation(of: number), attestedBy: ["dana"])
        #expect(scenario.outcome() == stays)
        scenario.pass(milliseconds: 60_000)
        scenario.record(.attestation(of: number), attestedBy: ["tom"])
        #expect(scenario.outcome() == free)
        #expect(scenario.outcome(at: scenario.now.advanced(byNanoseconds: -1)) == stays)
        // To take an event back takes two as well.
        let first = scenario.record(.revocation(of: number), attestedBy: ["tom"])
        #expect(scenario.outcome() == free)
        scenario.record(.attestation(of: first), attestedBy: ["dana"])
        #expect(scenario.outcome() == stays)
    }

    @Test("Whoever revokes evidence speaks for its party and of its kind")
    func revocation() throws {
        let recorders = [
            recorder("dana", key: 1, parties: ["microsoft"]), recorder("ines", key: 2, parties: ["openai"]),
        ]
        var scenario = try scenario(recorders)
        let number = scenario.record(decline(scenario.now), attestedBy: ["dana"])
        scenario.record(.revocation(of: number), party: "openai", attestedBy: ["ines"])
        #expect(scenario.outcome(longContext) == moved)
        scenario.record(.revocation(of: number), attestedBy: ["dana"])
        #expect(scenario.outcome(longContext) == stays)
    }

    @Test("Recorders that are configured later, or no longer, take nothing back from what was recorded before")
    func laterConfiguration() throws {
        var scenario = try scenario([])
        scenario.record(decline(scenario.now))
        var configuration = scenario.facts.configuration
        configuration.recorders = [recorder("dana", key: 1)]
        scenario.apply(.configured(configuration))
        #expect(scenario.outcome(longContext) == moved)

        var attested = try self.scenario([recorder("dana", key: 1)])
        attested.record(decline(attested.now), attestedBy: ["dana"])
        configuration.recorders = [recorder("tom", key: 2)]
        attested.apply(.configured(configuration))
        #expect(attested.outcome(longContext) == moved)
    }

    @Test("Before a record is made it is known of what its recorders have to speak")
    func matter() throws {
        var scenario = try scenario([recorder("dana", key: 1)])
        let decline = scenario.record(decline(scenario.now), party: "openai")
        let event = scenario.record(
            .event(EventReport(agreement: "deal", event: "exit", step: .declared, effective: scenario.now)),
            party: "openai")
        let provenance = Provenance(recordedBy: "erin", party: "microsoft")
        let matters: [(PeopleEvidence.Subject, AttestationProgress.Matter)] = [
            (override(scenario.now), .init(kind: .override, party: "microsoft", required: 2)),
            (.revocation(of: decline), .init(kind: .decline, party: "openai", required: 1)),
            (.revocation(of: event), .init(kind: .event, party: "openai", required: 2)),
            (.revocation(of: 99), .init(kind: .revocation, party: "microsoft", required: 1)),
            (.attestation(of: event), .init(kind: .event, party: "openai", required: 2)),
        ]
        for (subject, matter) in matters {
            #expect(scenario.facts.attestationMatter(of: subject, provenance: provenance) == matter)
        }
    }
}
