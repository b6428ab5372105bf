// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Orders to record evidence")
struct EvidenceOrderTests {
    @Test("every kind is recorded as it was ordered, in words that the attested text has, too")
    func everyKind() async throws {
        let bed = try EvidenceBed()
        let decline = try await bed.record(
            .decline(DeclineOrder(cloud: "azure", features: ["tools"], models: ["gpt"], answered: SampleOrder.now)),
            party: "microsoft")
        let orders: [(subject: EvidenceOrder.Subject, party: String)] = [
            (.support(SupportOrder(cloud: "azure", features: ["vision"], from: SampleOrder.now)), "microsoft"),
            (.launch(LaunchOrder(cloud: "aws", model: "base", milestone: "preview", at: SampleOrder.now)), "acme"),
            (SampleOrder.event("merger"), "acme"), (SampleOrder.event("merger", "challenged"), "nvidia"),
            (SampleOrder.event("exit", "verified"), "panel"),
            (
                .override(
                    OverrideOrder(
                        cloud: "aws", product: "chat", model: "gpt", from: SampleOrder.now, until: SampleOrder.later,
                        reason: "fire")),
                "acme"
            ),
            (SampleOrder.offer(), "acme"), (SampleOrder.answer("declined"), "microsoft"),
            (SampleOrder.reading(), "acme"),
            (
                .notice(
                    NoticeOrder(
                        agreement: "deal", clause: "primary", to: "microsoft", served: SampleOrder.now,
                        about: "We leave.")),
                "acme"
            ),
            (SampleOrder.open(ground: "declined", evidence: decline), "acme"),
            (.migration(MigrationOrder(migration: "exodus", step: .moved(percent: 50), at: SampleOrder.later)), "acme"),
            (.revocation(RevocationOrder(number: decline)), "microsoft"),
        ]
        for (subject, party) in orders {
            let order = EvidenceOrder(
                subject, by: "Ann Ames", party: party, second: "Bob Berg", document: SampleOrder.paper)
            let number = try await bed.give(order)
            let record = try #require(bed.node.book.snapshot.facts.record(number))
            #expect(record.attestation.isComplete)
            try #expect(
                AttestedText(record.subject, provenance: record.provenance) == order.attestedText(), "\(subject)")
        }
        let migration = try #require(bed.node.book.snapshot.facts.migrations.first)
        #expect(migration.shares.map(\.percent) == [10, 50])
    }

    @Test("an order keeps its words on its way through the socket")
    func wire() throws {
        let order = EvidenceOrder(
            SampleOrder.open(evidence: 7), by: "Ann", party: "acme", second: "Bob", document: SampleOrder.paper,
            signatures: [EvidenceOrder.Signature(recorder: "ann", bytes: Data([1, 2, 3]))])
        let bytes = try JSONEncoder().encode(ControlOrder.record(order))
        guard case .record(let read) = try JSONDecoder().decode(ControlOrder.self, from: bytes) else {
            Issue.record("another order came out")
            return
        }
        #expect(try read.attestedText() == order.attestedText())
        #expect(read.signatures.map(\.recorder) == ["ann"])
    }

    @Test("what a kind can't be is refused with what is known")
    func refusals() async throws {
        let bed = try EvidenceBed()
        let long = String(repeating: "x", count: 1_001)
        let refusals: [(EvidenceOrder.Subject, String)] = [
            (
                .decline(DeclineOrder(cloud: "azure", features: [], answered: SampleOrder.now)),
                "usage: The record names at least one feature; add --feature."
            ),
            (
                .decline(DeclineOrder(cloud: "azure", features: ["tools"])),
                "usage: A decline says when the cloud answered, or when it was asked; add --answered or --requested."
            ),
            (
                .decline(
                    DeclineOrder(
                        cloud: "azure", features: ["tools"], requested: SampleOrder.later, answered: SampleOrder.now)),
                "usage: The cloud answered at \(SampleOrder.now), before it was asked at \(SampleOrder.later)."
            ),
            (
                .decline(
                    DeclineOrder(
                        cloud: "azure", features: ["tools"], answered: SampleOrder.later, until: SampleOrder.now)),
                "usage: The decline ends at \(SampleOrder.now), before its answer at \(SampleOrder.later)."
            ),
            (
                .decline(
                    DeclineOrder(
                        cloud: "azure", features: ["tools"], requested: SampleOrder.later, until: SampleOrder.now)),
                "usage: The decline ends at \(SampleOrder.now), before support was asked for at \(SampleOrder.later)."
            ),
            (
                .support(SupportOrder(cloud: "moon", features: ["tools"], from: SampleOrder.now)),
                "usage: There is no cloud 'moon'; known are aws, azure."
            ),
            (
                .support(
                    SupportOrder(cloud: "azure", features: ["tools"], models: ["gpt", "gpt"], from: SampleOrder.now)),
                "usage: The model 'gpt' is named twice; name each model once."
            ),
            (
                .support(SupportOrder(cloud: "azure", features: ["tools"], from: "soon")),
                "usage: --from is an instant such as 2026-04-27T00:00:00Z, not 'soon'."
            ),
            (
                .launch(LaunchOrder(cloud: "aws", model: "gtp", at: SampleOrder.now)),
                "usage: No deployment serves a model 'gtp'; served are base, gpt."
            ),
            (
                .launch(LaunchOrder(cloud: "aws", model: "gpt", milestone: "party", at: SampleOrder.now)),
                "usage: --milestone is one of general-availability, preview, first-billable-request, handed-over, "
                    + "not 'party'."
            ),
            (
                SampleOrder.event("exit", "dreamt"),
                "usage: --step is one of declared, verified, challenged, reversed, not 'dreamt'."
            ),
            (SampleOrder.event("none"), "usage: The agreement deal has no event 'none'; it has exit, merger."),
            (
                .event(EventOrder(agreement: "ideal", event: "exit", at: SampleOrder.now)),
                "usage: Name the adopted agreement that it is about with --agreement, not 'ideal'; adopted are: deal."
            ),
            (
                SampleOrder.event("merger", "verified"),
                "refused: The event merger needs no verification."
            ),
            (SampleOrder.event("exit", "verified"), "refused: The event exit is verified by panel, not by acme."),
            (
                SampleOrder.event("exit", "challenged"),
                "refused: The event exit is not declared; that it is challenged changes nothing."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: SampleOrder.now, until: SampleOrder.later, reason: "fire")),
                "refused: An override needs two persons; add --second."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: SampleOrder.later, until: SampleOrder.now, reason: "fire")),
                "refused: The override would end at \(SampleOrder.now), not after it begins at \(SampleOrder.later); "
                    + "give a later --until."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: SampleOrder.now, until: SampleOrder.later, reason: " ")),
                "usage: --reason is empty; write it."
            ),
            (
                .override(
                    OverrideOrder(cloud: "aws", from: SampleOrder.now, until: SampleOrder.later, reason: "two\nlines")),
                "usage: --reason holds a control character; write it on one line."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: SampleOrder.now, until: SampleOrder.later, reason: long)),
                "usage: --reason has 1001 bytes; write at most 1000, and keep the document."
            ),
            (
                SampleOrder.reading("amperes"),
                "usage: No clause that is or will be in force reads a meter 'amperes'; they read flops."
            ),
            (
                SampleOrder.reading("watts", "1 GW"),
                "usage: No clause that is or will be in force reads a meter 'watts'; they read flops."
            ),
            (
                SampleOrder.reading("flops", "1 GW"),
                "usage: The meter flops counts in FLOP, not in GW."
            ),
            (
                SampleOrder.reading("flops", "many"),
                "usage: --value is a number, a space and a unit, such as \"4.5 GW\" or \"1e26 FLOP\", not 'many'."
            ),
            (
                SampleOrder.reading(until: SampleOrder.now),
                "refused: The reading ends at \(SampleOrder.now), not after it was taken at \(SampleOrder.now)."
            ),
            (
                .notice(NoticeOrder(agreement: "deal", to: "mallory", served: SampleOrder.now, about: "We leave.")),
                "usage: A notice is served on a party of deal: acme, microsoft, nvidia; 'mallory' is none."
            ),
            (
                .notice(NoticeOrder(agreement: "deal", to: "acme", served: SampleOrder.now, about: "We leave.")),
                "usage: acme can't serve a notice on itself; --party is who serves it, --on who receives it."
            ),
            (
                .notice(
                    NoticeOrder(
                        agreement: "deal", clause: "none", to: "nvidia", served: SampleOrder.now, about: "We leave.")),
                "usage: The agreement deal has no clause 'none'; it has: compute, look, next-look, old-limit, old-look, "
                    + "one-look, primary."
            ),
            (
                .revocation(RevocationOrder(number: 99)),
                "refused: No standing evidence has the number 99; `concordat evidence list` shows them."
            ),
            (
                .attestation(AttestationOrder(number: 99)),
                "refused: No evidence that can be attested to has the number 99; `concordat evidence list --open` shows "
                    + "what waits for a recorder."
            ),
        ]
        let before = bed.node.book.snapshot.facts.revision
        for (subject, message) in refusals {
            let said = await bed.refusal(of: subject)
            #expect(said == message)
        }
        #expect(bed.node.book.snapshot.facts.revision == before)
    }

    @Test("who records it is a person and a party, the second another one, and the document's hash whole")
    func provenance() async throws {
        let bed = try EvidenceBed()
        let launch = EvidenceOrder.Subject.launch(LaunchOrder(cloud: "aws", model: "gpt", at: SampleOrder.now))
        let torn = EvidenceOrder.Document(name: "a.pdf", sha256: Data([1]))
        let refusals: [(EvidenceOrder, String)] = [
            (EvidenceOrder(launch, by: "", party: "acme"), "--by is empty; write it."),
            (
                EvidenceOrder(launch, by: "ann", party: "nobody"),
                "Evidence needs the person who records it and a party of an adopted agreement; 'nobody' is none of "
                    + "acme, microsoft, nvidia, panel."
            ),
            (
                EvidenceOrder(launch, by: "ann", party: "acme", second: "ann"),
                "The second person must be another one than 'ann'."
            ),
            (
                EvidenceOrder(launch, by: "ann", party: "acme", document: torn),
                "The SHA-256 of a document has 32 bytes, not 1."
            ),
        ]
        for (order, message) in refusals {
            await #expect(throws: ServiceError.self) { try await bed.give(order) }
            do throws(ServiceError) {
                _ = try await bed.give(order)
            } catch {
                #expect(error.message == message)
            }
        }
        let empty = try EvidenceBed(agreement: nil)
        await #expect(
            empty.refusal(of: launch)
                == "usage: Evidence needs the person who records it and a party of an adopted agreement; 'acme' is none "
                + "of them, since none is adopted.")
    }

    @Test("revocations and attestations themselves are not taken back")
    func revocations() async throws {
        let bed = try EvidenceBed()
        let number = try await bed.record(.launch(LaunchOrder(cloud: "aws", model: "gpt", at: SampleOrder.now)))
        let revocation = try await bed.record(.revocation(RevocationOrder(number: number)))
        await #expect(
            bed.refusal(of: .revocation(RevocationOrder(number: revocation)))
                == "refused: Evidence \(revocation) is a revocation, which can't be taken back; record the fact itself "
                + "again.")
        await #expect(
            bed.refusal(of: .attestation(AttestationOrder(number: number)))
                == "refused: Evidence \(number) needs no more recorders; `concordat evidence list --open` shows what "
                + "does.")
    }

    @Test(
        "the first and the last instants that can be written are recorded or refused, and what is known stays readable",
        arguments: [
            "1677-09-21T00:12:43.145224193Z", "2262-04-11T23:47:16.854775806Z", "2262-04-11T23:47:16.854775807Z",
            "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        ])
    func extremes(instant: String) async throws {
        let bed = try EvidenceBed()
        let subjects: [EvidenceOrder.Subject] = [
            .decline(DeclineOrder(cloud: "azure", features: ["tools"], requested: instant)),
            .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: instant, until: SampleOrder.later)),
            .support(SupportOrder(cloud: "azure", features: ["tools"], from: instant)),
            .launch(LaunchOrder(cloud: "azure", model: "gpt", at: instant)),
            .event(EventOrder(agreement: "deal", event: "merger", at: instant)),
            .override(OverrideOrder(cloud: "aws", from: instant, until: SampleOrder.later, reason: "fire")),
            .override(OverrideOrder(cloud: "aws", from: SampleOrder.now, until: instant, reason: "fire")),
            SampleOrder.offer(at: instant), SampleOrder.offer("one-look", "site-8", at: instant),
            .meterReading(MeterReadingOrder(meter: "flops", value: "1 FLOP", at: instant, until: instant)),
            SampleOrder.reading(until: instant), SampleOrder.open(),
            .migration(MigrationOrder(migration: "exodus", step: .moved(percent: 20), at: instant)),
        ]
        for subject in subjects {
            _ = await bed.refusal(of: subject, second: "Bob Berg", document: SampleOrder.paper)
            _ = await bed.refusal(of: SampleOrder.answer("declined", at: instant), party: "microsoft")
        }
        let facts = bed.node.book.snapshot.facts
        #expect(!facts.standingEvidence.isEmpty)
        #expect(facts.migrations.count == 1)
        let terms = facts.terms(at: bed.node.clock.now(), includingObserved: true)
        #expect(terms.clauses.map(\.clause.id).contains("primary"))
        for record in facts.people {
            #expect(AttestedText(record.subject, provenance: record.provenance).description.hasSuffix("\n"))
        }
    }

    @Test("the greatest orders are entries that the ledger takes")
    func greatest() async throws {
        let bed = try EvidenceBed()
        let text = String(repeating: "t", count: 1_000)
        let paper = EvidenceOrder.Document(name: text, sha256: Data(repeating: 255, count: 32))
        let subjects: [EvidenceOrder.Subject] = [
            .migration(
                MigrationOrder(
                    migration: String(repeating: "m", count: 64),
                    step: .opened(
                        MigrationOrder.Opening(
                            from: "azure", to: "aws", product: String(repeating: "p", count: 128), model: "gpt",
                            ground: "not-covered", evidence: 1, percent: 100,
                            conditionsOfReturn: Array(repeating: String(repeating: "c", count: 500), count: 8))),
                    at: SampleOrder.now)),
            .notice(NoticeOrder(agreement: "deal", clause: "look", to: "nvidia", served: SampleOrder.now, about: text)),
        ]
        for subject in subjects {
            _ = try await bed.give(
                EvidenceOrder(subject, by: text, party: "acme", second: String(text.dropLast()) + "u", document: paper))
        }
    }
}
