// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Orders to record evidence")
struct EvidenceOrderTests {
    private static let now = EvidenceBed.now
    private static let later = "2026-11-25T13:00:00Z"
    private static let paper = EvidenceOrder.Document(name: "offer.pdf", sha256: Data(repeating: 7, count: 32))

    private static func offer(
        _ clause: String = "look", _ offer: String = "site-9", _ quantity: String = "2 GW", at: String = now,
        isComplete: Bool = true
    ) -> EvidenceOrder.Subject {
        .offer(
            OfferOrder(
                agreement: "deal", clause: clause, offer: offer, quantity: quantity, at: at, isComplete: isComplete))
    }

    private static func answer(
        _ answer: String, _ offer: String = "site-9", quantity: String? = nil, at: String = now
    ) -> EvidenceOrder.Subject {
        .offerAnswer(OfferAnswerOrder(agreement: "deal", offer: offer, answer: answer, quantity: quantity, at: at))
    }

    private static func reading(
        _ meter: String = "flops", _ value: String = "1e25 FLOP", until: String = later
    ) -> EvidenceOrder.Subject {
        .meterReading(MeterReadingOrder(meter: meter, value: value, at: now, until: until))
    }

    private static func event(_ event: String, _ step: String = "declared") -> EvidenceOrder.Subject {
        .event(EventOrder(agreement: "deal", event: event, step: step, at: now))
    }

    private static func open(
        _ name: String = "exodus", from: String = "azure", to: String = "aws", ground: String = "capacity",
        evidence: UInt64? = nil, percent: Int = 10, conditions: [String] = ["capacity is back"]
    ) -> EvidenceOrder.Subject {
        .migration(
            MigrationOrder(
                migration: name,
                step: .opened(
                    MigrationOrder.Opening(
                        from: from, to: to, ground: ground, evidence: evidence, percent: percent,
                        conditionsOfReturn: conditions)), at: now))
    }

    @Test("every kind is recorded as it was ordered, in words that the attested text has, too")
    func everyKind() async throws {
        let bed = try EvidenceBed()
        let decline = try await bed.record(
            .decline(DeclineOrder(cloud: "azure", features: ["tools"], models: ["gpt"], answered: Self.now)),
            party: "microsoft")
        let orders: [(subject: EvidenceOrder.Subject, party: String)] = [
            (.support(SupportOrder(cloud: "azure", features: ["vision"], from: Self.now)), "microsoft"),
            (.launch(LaunchOrder(cloud: "aws", model: "base", milestone: "preview", at: Self.now)), "acme"),
            (Self.event("merger"), "acme"), (Self.event("merger", "challenged"), "nvidia"),
            (Self.event("exit", "verified"), "panel"),
            (
                .override(
                    OverrideOrder(
                        cloud: "aws", product: "chat", model: "gpt", from: Self.now, until: Self.later, reason: "fire")),
                "acme"
            ),
            (Self.offer(), "acme"), (Self.answer("declined"), "microsoft"), (Self.reading(), "acme"),
            (
                .notice(
                    NoticeOrder(
                        agreement: "deal", clause: "primary", to: "microsoft", served: Self.now, about: "We leave.")),
                "acme"
            ),
            (Self.open(ground: "declined", evidence: decline), "acme"),
            (.migration(MigrationOrder(migration: "exodus", step: .moved(percent: 50), at: Self.later)), "acme"),
            (.revocation(RevocationOrder(number: decline)), "microsoft"),
        ]
        for (subject, party) in orders {
            let order = EvidenceOrder(
                subject, by: "Ann Ames", party: party, second: "Bob Berg", document: Self.paper)
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
            Self.open(evidence: 7), by: "Ann", party: "acme", second: "Bob", document: Self.paper,
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
                .decline(DeclineOrder(cloud: "azure", features: [], answered: Self.now)),
                "usage: The record names at least one feature; add --feature."
            ),
            (
                .decline(DeclineOrder(cloud: "azure", features: ["tools"])),
                "usage: A decline says when the cloud answered, or when it was asked; add --answered or --requested."
            ),
            (
                .decline(
                    DeclineOrder(cloud: "azure", features: ["tools"], requested: Self.later, answered: Self.now)),
                "usage: The cloud answered at \(Self.now), before it was asked at \(Self.later)."
            ),
            (
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: Self.later, until: Self.now)),
                "usage: The decline ends at \(Self.now), before its answer at \(Self.later)."
            ),
            (
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], requested: Self.later, until: Self.now)),
                "usage: The decline ends at \(Self.now), before support was asked for at \(Self.later)."
            ),
            (
                .support(SupportOrder(cloud: "moon", features: ["tools"], from: Self.now)),
                "usage: There is no cloud 'moon'; known are aws, azure."
            ),
            (
                .support(SupportOrder(cloud: "azure", features: ["tools"], models: ["gpt", "gpt"], from: Self.now)),
                "usage: The model 'gpt' is named twice; name each model once."
            ),
            (
                .support(SupportOrder(cloud: "azure", features: ["tools"], from: "soon")),
                "usage: --from is an instant such as 2026-04-27T00:00:00Z, not 'soon'."
            ),
            (
                .launch(LaunchOrder(cloud: "aws", model: "gtp", at: Self.now)),
                "usage: No deployment serves a model 'gtp'; served are base, gpt."
            ),
            (
                .launch(LaunchOrder(cloud: "aws", model: "gpt", milestone: "party", at: Self.now)),
                "usage: --milestone is one of general-availability, preview, first-billable-request, handed-over, "
                    + "not 'party'."
            ),
            (
                Self.event("exit", "dreamt"),
                "usage: --step is one of declared, verified, challenged, reversed, not 'dreamt'."
            ),
            (Self.event("none"), "usage: The agreement deal has no event 'none'; it has exit, merger."),
            (
                .event(EventOrder(agreement: "ideal", event: "exit", at: Self.now)),
                "usage: Name the adopted agreement that it is about with --agreement, not 'ideal'; adopted are: deal."
            ),
            (
                Self.event("merger", "verified"),
                "refused: The event merger needs no verification."
            ),
            (Self.event("exit", "verified"), "refused: The event exit is verified by panel, not by acme."),
            (
                Self.event("exit", "challenged"),
                "refused: The event exit is not declared; that it is challenged changes nothing."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: Self.now, until: Self.later, reason: "fire")),
                "refused: An override needs two persons; add --second."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: Self.later, until: Self.now, reason: "fire")),
                "refused: An override ends at most 24 hours after it begins; give its end with --until."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: Self.now, until: Self.later, reason: " ")),
                "usage: --reason is empty; write it."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: Self.now, until: Self.later, reason: "two\nlines")),
                "usage: --reason holds a control character; write it on one line."
            ),
            (
                .override(OverrideOrder(cloud: "aws", from: Self.now, until: Self.later, reason: long)),
                "usage: --reason has 1001 bytes; write at most 1000, and keep the document."
            ),
            (
                Self.reading("amperes"),
                "usage: No clause that is or will be in force reads a meter 'amperes'; they read flops."
            ),
            (
                Self.reading("watts", "1 GW"),
                "usage: No clause that is or will be in force reads a meter 'watts'; they read flops."
            ),
            (
                Self.reading("flops", "1 GW"),
                "usage: The meter flops counts in FLOP, not in GW."
            ),
            (
                Self.reading("flops", "many"),
                "usage: --value is a number, a space and a unit, such as \"4.5 GW\" or \"1e26 FLOP\", not 'many'."
            ),
            (
                Self.reading(until: Self.now),
                "refused: The reading ends at \(Self.now), not after it was taken at \(Self.now)."
            ),
            (
                .notice(NoticeOrder(agreement: "deal", to: "mallory", served: Self.now, about: "We leave.")),
                "usage: A notice is served on a party of deal: acme, microsoft, nvidia; 'mallory' is none."
            ),
            (
                .notice(NoticeOrder(agreement: "deal", to: "acme", served: Self.now, about: "We leave.")),
                "usage: acme can't serve a notice on itself; --party is who serves it, --on who receives it."
            ),
            (
                .notice(
                    NoticeOrder(
                        agreement: "deal", clause: "none", to: "nvidia", served: Self.now, about: "We leave.")),
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

    @Test("an offer under no right, without its document or of another unit is refused")
    func offers() async throws {
        let bed = try EvidenceBed()
        let refusals: [(EvidenceOrder.Subject, String)] = [
            (
                Self.offer("primary"),
                "usage: The agreement deal has no right of first refusal 'primary' that is or will be in force; it has "
                    + "look, next-look, one-look."
            ),
            (
                Self.offer("old-look"),
                "usage: The agreement deal has no right of first refusal 'old-look' that is or will be in force; it has "
                    + "look, next-look, one-look."
            ),
            (
                Self.offer("look", "site-9", "2 MW"),
                "usage: The clause look counts in GW, not in MW; give the quantity in GW."
            ),
            (
                Self.offer("look", "site-9", "0 GW"),
                "usage: An offer is of more than nothing; give what is offered with --quantity."
            ),
            (
                Self.offer("look", "Site 9"),
                "usage: --offer is a name of lower-case letters, digits and single hyphens, beginning with a letter, "
                    + "at most 64 characters; 'Site 9' is none."
            ),
        ]
        for (subject, message) in refusals {
            await #expect(bed.refusal(of: subject, document: Self.paper) == message)
        }
        await #expect(
            bed.refusal(of: Self.offer())
                == "refused: A complete offer needs the document of its terms; add it, or record the offer as incomplete."
        )
        await #expect(bed.refusal(of: Self.offer(isComplete: false)) == nil)
        await #expect(bed.refusal(of: Self.offer(), document: Self.paper) == nil)
        await #expect(bed.refusal(of: Self.offer("look", "site-9", "3 GW"), document: Self.paper) == nil)
        await #expect(
            bed.refusal(of: Self.offer("one-look"), document: Self.paper)
                == "refused: The offer site-9 was made under deal/look; give this one another name.")
        await #expect(bed.refusal(of: Self.offer("one-look", "site-8"), document: Self.paper) == nil)
        await #expect(
            bed.refusal(of: Self.offer("one-look", "site-8", "5 GW"), document: Self.paper)
                == "refused: The offer site-8 is open and can't be made again; make another one under another identifier."
        )
        await #expect(bed.refusal(of: Self.offer("next-look", "site-7"), document: Self.paper) == nil)
    }

    @Test("an answer is to a known offer, in its window, of who may give it")
    func answers() async throws {
        let bed = try EvidenceBed()
        await #expect(
            bed.refusal(of: Self.answer("declined"), party: "microsoft")
                == "usage: No offer 'site-9' under the agreement deal is known; record it first.")
        try await bed.record(Self.offer(at: "2026-11-01T12:00:00Z"), document: Self.paper)
        try await bed.record(Self.offer("one-look", "site-8"), document: Self.paper)
        try await bed.record(Self.offer("look", "site-7"), document: Self.paper)
        let refusals: [(EvidenceOrder.Subject, String, String)] = [
            (
                Self.answer("declined", "site-6"), "microsoft",
                "usage: No offer 'site-6' under the agreement deal is known; record it first."
            ),
            (
                Self.answer("ignored"), "microsoft",
                "usage: --answer is one of accepted, declined, withdrawn, not 'ignored'."
            ),
            (
                Self.answer("declined", "site-7"), "acme",
                "refused: The offer site-7 is declined by microsoft, not by acme."
            ),
            (
                Self.answer("withdrawn", "site-7"), "microsoft",
                "refused: microsoft has the right and can't withdraw the offer site-7; it accepts or declines."
            ),
            (
                Self.answer("declined", "site-7", quantity: "1 GW"), "microsoft",
                "usage: Only an acceptance may be of a part; leave --quantity out."
            ),
            (
                Self.answer("accepted", "site-7", quantity: "1 GW"), "microsoft",
                "usage: The clause look takes all or nothing of the offer site-7; accept 2 GW, or decline it."
            ),
            (
                Self.answer("accepted", "site-8", quantity: "3 GW"), "microsoft",
                "usage: Of 2 GW a part of that can be accepted, in the same unit, not 3 GW."
            ),
            (
                Self.answer("declined", "site-7", at: "2026-11-01T00:00:00Z"), "microsoft",
                "refused: The offer site-7 could be answered from \(Self.now) until before 2026-12-05T12:00:00Z, not at "
                    + "2026-11-01T00:00:00Z."
            ),
            (
                Self.answer("declined"), "microsoft",
                "refused: The offer site-9 could be answered from 2026-11-01T12:00:00Z until before "
                    + "2026-11-11T12:00:00Z, not at \(Self.now)."
            ),
        ]
        for (subject, party, message) in refusals {
            await #expect(bed.refusal(of: subject, party: party) == message)
        }
        try await bed.record(Self.answer("accepted", "site-8", quantity: "1 GW"), party: "microsoft")
        try await bed.record(Self.answer("accepted", "site-7"), party: "microsoft")
        await #expect(
            bed.refusal(of: Self.answer("declined", "site-7"), party: "microsoft")
                == "refused: The offer site-7 is accepted and can't be declined; see its course.")
        await #expect(
            bed.refusal(of: Self.offer("look", "site-7", "3 GW"), document: Self.paper)
                == "refused: The offer site-7 is accepted and can't be made again; make another one under another "
                + "identifier.")
    }

    @Test("a migration is opened once, on a ground that is recorded, and moves on in order")
    func migrations() async throws {
        let bed = try EvidenceBed()
        let refusals: [(EvidenceOrder.Subject, String)] = [
            (
                Self.open(ground: "hunger"),
                "usage: --ground is one of capacity, declined, carve-out, not-covered, outage, not 'hunger'."
            ),
            (
                Self.open(ground: "declined"),
                "refused: A migration on the ground declined names the standing decline of azure with --evidence; none "
                    + "is recorded."
            ),
            (
                Self.open(evidence: 99),
                "usage: No fact has the number 99; the ledger's last one is \(bed.node.book.snapshot.facts.revision)."
            ),
            (
                Self.open(to: "azure"),
                "usage: The migration exodus leads from azure to itself; name two different clouds."
            ),
            (
                Self.open(percent: 101),
                "usage: The migration exodus can't move 101 percent; give 1 to 100, or close it to move nothing."
            ),
            (
                Self.open(conditions: []),
                "refused: The migration exodus has no condition of return; say when the workload comes back."
            ),
            (
                Self.open(conditions: Array(repeating: "soon", count: 9)),
                "usage: A migration has at most 8 conditions of return; join some."
            ),
            (
                Self.open(conditions: [String(repeating: "x", count: 501)]),
                "usage: --return-when has 501 bytes; write at most 500, and keep the document."
            ),
            (
                .migration(MigrationOrder(migration: "exodus", step: .moved(percent: 20), at: Self.now)),
                "refused: The migration exodus is not open; open it first, with its clouds, ground and conditions."
            ),
        ]
        for (subject, message) in refusals {
            let said = await bed.refusal(of: subject)
            #expect(said == message)
        }
        try await bed.record(Self.open())
        await #expect(
            bed.refusal(
                of: .migration(MigrationOrder(migration: "exodus", step: .closed(reason: "done"), at: Self.now)))
                == "refused: The step takes effect at \(Self.now), not after the last one of the migration exodus at "
                + "\(Self.now); give a later instant.")
        await #expect(
            bed.refusal(
                of: .migration(MigrationOrder(migration: "exodus", step: .closed(reason: "done"), at: Self.later)))
                == nil)
    }

    @Test("who records it is a person and a party, the second another one, and the document's hash whole")
    func provenance() async throws {
        let bed = try EvidenceBed()
        let launch = EvidenceOrder.Subject.launch(LaunchOrder(cloud: "aws", model: "gpt", at: Self.now))
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
        let number = try await bed.record(.launch(LaunchOrder(cloud: "aws", model: "gpt", at: Self.now)))
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
                    at: Self.now)),
            .notice(NoticeOrder(agreement: "deal", clause: "look", to: "nvidia", served: Self.now, about: text)),
        ]
        for subject in subjects {
            _ = try await bed.give(
                EvidenceOrder(subject, by: text, party: "acme", second: String(text.dropLast()) + "u", document: paper))
        }
    }
}
