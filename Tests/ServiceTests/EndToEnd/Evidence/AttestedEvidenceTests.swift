// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Evidence where recorders are configured")
struct AttestedEvidenceTests {
    private let ann: TestRecorder
    private let bob: TestRecorder
    private let launchesOnly: TestRecorder
    private let ofMicrosoft: TestRecorder
    /// One who is not configured.
    private let stranger: TestRecorder

    init() throws {
        ann = try TestRecorder("ann", kinds: [.override, .event, .decline])
        bob = try TestRecorder("bob", kinds: [.override, .event, .decline])
        launchesOnly = try TestRecorder("launches-only", kinds: [.launch])
        ofMicrosoft = try TestRecorder("of-microsoft", kinds: [.override], parties: ["microsoft"])
        stranger = try TestRecorder("stranger", kinds: [.override])
    }

    private func setup(_ agreement: String = TestAgreement.exclusive, folder: String? = nil) -> GatewayBed.Setup {
        GatewayBed.Setup {
            $0.agreements = [agreement]
            $0.recorders = [ann, bob, launchesOnly, ofMicrosoft].map(\.recorder)
            $0.folder = folder
        }
    }

    @Test("an override that one recorder signed moves nothing, and moves requests once a second one has attested")
    func twoRecorders() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let setup = setup(folder: folder)
        try await GatewayBed.run(setup) { bed in
            let first = try await bed.record(bed.override(to: "aws"), signedBy: [ann])
            #expect(first.missing == 1)
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            await #expect(throws: ServiceError.self) { try await bed.attest(to: first.number, by: [ann]) }
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")

            try await #expect(bed.attest(to: first.number, by: [bob]).missing == 0)
            try await #expect(bed.chat()["x-concordat-ground"] == "departure")
            #expect(bed.facts.record(first.number)?.attestation.recorders == ["ann", "bob"])
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat()["x-concordat-ground"] == "departure")
            #expect(bed.facts.standingEvidence.count == 1)
        }
    }

    @Test("one order may bring both signatures")
    func bothAtOnce() async throws {
        try await GatewayBed.run(setup()) { bed in
            try await #expect(bed.record(bed.override(to: "aws"), signedBy: [ann, bob]).missing == 0)
            try await #expect(bed.chat()["x-concordat-ground"] == "departure")
        }
    }

    @Test("what no recorder signed who may speak for it is refused, with who may, and enters no ledger")
    func refused() async throws {
        try await GatewayBed.run(setup()) { bed in
            let order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme")
            let text = try order.attestedText()
            var other = order
            other.by = "eve"
            let forged = try ann.signature(under: other.attestedText(), named: true)
            var unnamed = forged
            unnamed.recorder = nil
            let own = try ann.signature(under: text)
            let what = "evidence of kind override for acme"
            let wrong =
                "under this text; sign what --print-text prints, byte for byte and with the same instants, "
                + "with the key whose public half is configured."
            let refusals: [(signatures: [EvidenceOrder.Signature], message: String)] = [
                ([], "Recorders are configured, and \(what) needs the signature of one of ann, bob; add --sign-with."),
                ([forged], "The signature is not ann's \(wrong)"),
                ([unnamed], "The signature is no configured recorder's \(wrong)"),
                ([try stranger.signature(under: text)], "The signature is no configured recorder's \(wrong)"),
                (
                    [try stranger.signature(under: text, named: true)],
                    "There is no recorder 'stranger'; configured are ann, bob, launches-only, of-microsoft."
                ),
                (
                    [try launchesOnly.signature(under: text)],
                    "launches-only may not attest to \(what); ann, bob may."
                ),
                ([try ofMicrosoft.signature(under: text)], "of-microsoft may not attest to \(what); ann, bob may."),
                ([own, own], "ann has attested to it already; another recorder has to."),
                ([own, own, own], "A record brings at most 2 signatures; bring the others later."),
            ]
            let before = bed.facts.revision
            for refusal in refusals {
                var given = order
                given.signatures = refusal.signatures
                let error = await #expect(throws: ServiceError.self) { try await bed.give(given) }
                #expect(error?.message == refusal.message)
            }
            #expect(bed.facts.revision == before)
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
        }
    }

    @Test("a signature that is forged does nothing even where it has come into the ledger")
    func forgedInTheLedger() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await GatewayBed.run(setup(folder: folder)) { bed in
            let order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme")
            let text = try order.attestedText()
            let now = bed.application.node.clock.now()
            let subject = PeopleEvidence.Subject.override(
                PlacementOverride(
                    cloud: "aws", product: nil, model: nil, from: now, until: now.advanced(byMilliseconds: 60_000),
                    reason: "forged"))
            // The signatures are of recorders, under another text; the record itself says that they are right.
            let provenance = Provenance(
                recordedBy: "eve", party: "acme",
                attestations: [ann, bob].map {
                    Attestation(
                        recorder: $0.recorder.id,
                        signature: (try? $0.signature(under: text)).map { Array($0.bytes) } ?? [],
                        isVerified: true)
                })
            let number = try bed.application.node.record(subject, provenance: provenance)
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            #expect(bed.facts.record(number)?.attestation.missing == 2)
        }
        try await GatewayBed.run(setup(folder: folder)) { bed in
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
        }
    }

    @Test("what was revoked does not come back with the signatures that stand in the ledger")
    func replayed() async throws {
        try await GatewayBed.run(setup(TestAgreement.primaryCloud)) { bed in
            var order = EvidenceOrder(
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: bed.now())), by: "ann",
                party: "microsoft")
            order.signatures = [try ann.signature(under: order.attestedText())]
            let number = try await bed.give(order).number
            let tools = #"{"model":"gpt","max_tokens":1,"messages":[],"tools":[{"type":"function"}]}"#
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "declined")
            try await bed.record(
                .revocation(RevocationOrder(number: number)), party: "microsoft", signedBy: [bob])
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "primary")
            let error = await #expect(throws: ServiceError.self) { try await bed.give(order) }
            #expect(
                error?.message
                    == "The same was recorded as evidence \(number); where it is to hold again, record it with other "
                    + "words or another instant.")
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "primary")
        }
    }

    @Test("recorders that come and go change nothing of what was recorded before")
    func changedRecorders() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var setup = setup(TestAgreement.primaryCloud, folder: folder)
        let tools = #"{"model":"gpt","max_tokens":1,"messages":[],"tools":[{"type":"function"}]}"#
        setup.recorders = []
        try await GatewayBed.run(setup) { bed in
            try await bed.record(
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: bed.now())), party: "microsoft")
        }
        setup.recorders = [ann.recorder, bob.recorder]
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "declined")
            try await #expect(bed.record(bed.override(to: "aws"), signedBy: [bob]).missing == 1)
        }
        setup.recorders = [ann.recorder]
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "declined")
            let waiting = try #require(bed.facts.people.last)
            await #expect(throws: ServiceError.self) { try await bed.attest(to: waiting.revision, by: [bob]) }
            try await #expect(bed.attest(to: waiting.revision, by: [ann]).missing == 0)
            #expect(bed.facts.record(waiting.revision)?.attestation.recorders == ["bob", "ann"])
            try await #expect(bed.chat()["x-concordat-ground"] == "departure")
        }
    }

    @Test("the same order given many times at once is recorded once")
    func atOnce() async throws {
        try await GatewayBed.run(setup()) { bed in
            var order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme")
            order.signatures = [try ann.signature(under: order.attestedText())]
            let given = order
            let recorded = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { (try? await bed.give(given)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(recorded == 1)
            #expect(bed.facts.people.count == 1)
        }
    }

    @Test("what waits for a recorder is completed or revoked, and told so")
    func waiting() async throws {
        try await GatewayBed.run(setup()) { bed in
            var order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme")
            order.signatures = [try ann.signature(under: order.attestedText())]
            let number = try await bed.give(order).number
            var error = await #expect(throws: ServiceError.self) { try await bed.give(order) }
            #expect(
                error?.message
                    == "The same was recorded as evidence \(number); complete it with `concordat evidence attest "
                    + "\(number)`.")
            try await bed.record(.revocation(RevocationOrder(number: number)), signedBy: [ann])
            error = await #expect(throws: ServiceError.self) { try await bed.attest(to: number, by: [bob]) }
            #expect(error?.message == "Evidence \(number) was revoked; record the fact again.")
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
        }
    }

    @Test("taking back an event takes two recorders, too")
    func eventRevocation() async throws {
        let agreement = TestAgreement.text(
            id: "deal",
            clauses: "- {id: only-azure, kind: exclusivity, aspect: hosting, cloud: azure, until: {event: exit}}"
        ).replacing("instruments:", with: "events: {exit: {declared_by: acme}}\ninstruments:")
        try await GatewayBed.run(setup(agreement)) { bed in
            let event = EventOrder(agreement: "deal", event: "exit", at: bed.now())
            let number = try await bed.record(.event(event), signedBy: [ann]).number
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            try await bed.attest(to: number, by: [bob])
            try await #expect(bed.chat()["x-concordat-ground"] == "not-covered")
            let taken = try await bed.record(.revocation(RevocationOrder(number: number)), signedBy: [bob])
            #expect(taken.missing == 1)
            try await #expect(bed.chat()["x-concordat-ground"] == "not-covered")
            let error = await #expect(throws: ServiceError.self) {
                try await bed.record(.revocation(RevocationOrder(number: number)), by: "eve", signedBy: [ann])
            }
            #expect(
                error?.message
                    == "Evidence \(taken.number) revokes it already and waits for another recorder; complete it with "
                    + "`concordat evidence attest \(taken.number)`.")
            try await bed.attest(to: taken.number, by: [ann])
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
        }
    }

    @Test("a recorder who speaks for no party of an agreement keeps the gateway from starting")
    func unknownParty() async throws {
        let nobody = try TestRecorder("zoe", kinds: [.decline], parties: ["nobody"])
        let error = await #expect(throws: ServiceError.self) {
            try await GatewayBed.run(.init { $0.recorders = [nobody.recorder] }) { _ in }
        }
        #expect(
            error?.message
                == "The configuration lets the recorder 'zoe' speak for 'nobody', which is no party of an adopted "
                + "agreement; parties are acme, microsoft.")
    }

    @Test("without recorders a signature is refused, since it would count for nothing")
    func noRecorders() async throws {
        try await GatewayBed.run { bed in
            let error = await #expect(throws: ServiceError.self) {
                try await bed.record(
                    .launch(LaunchOrder(cloud: "azure", model: "gpt", at: bed.now())), signedBy: [ann])
            }
            #expect(
                error?.message
                    == "No recorders are configured, so that a signature counts for nothing; name them under "
                    + "`recorders` in the configuration, or leave the signature out.")
        }
    }
}
