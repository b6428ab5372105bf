// SPDX-License-Identifier: Apache-2.0

import Agreement
import Gateway
import Service
import Testing

@Suite("Orders about offers and migrations")
struct CourseOrderTests {
    @Test("an offer under no right, without its document or of another unit is refused")
    func offers() async throws {
        let bed = try EvidenceBed()
        let refusals: [(EvidenceOrder.Subject, String)] = [
            (
                SampleOrder.offer("primary"),
                "usage: The agreement deal has no right of first refusal 'primary' that is or will be in force; it has "
                    + "look, next-look, one-look."
            ),
            (
                SampleOrder.offer("old-look"),
                "usage: The agreement deal has no right of first refusal 'old-look' that is or will be in force; it has "
                    + "look, next-look, one-look."
            ),
            (
                SampleOrder.offer("look", "site-9", "2 MW"),
                "usage: The clause look counts in GW, not in MW; give the quantity in GW."
            ),
            (
                SampleOrder.offer("look", "site-9", "0 GW"),
                "usage: An offer is of more than nothing; give what is offered with --quantity."
            ),
            (
                SampleOrder.offer("look", "Site 9"),
                "usage: --offer is a name of lower-case letters, digits and single hyphens, beginning with a letter, "
                    + "at most 64 characters; 'Site 9' is none."
            ),
        ]
        for (subject, message) in refusals {
            await #expect(bed.refusal(of: subject, document: SampleOrder.paper) == message)
        }
        await #expect(
            bed.refusal(of: SampleOrder.offer())
                == "refused: A complete offer needs the document of its terms; add it, or record the offer as incomplete."
        )
        await #expect(bed.refusal(of: SampleOrder.offer(isComplete: false)) == nil)
        await #expect(bed.refusal(of: SampleOrder.offer(), document: SampleOrder.paper) == nil)
        await #expect(bed.refusal(of: SampleOrder.offer("look", "site-9", "3 GW"), document: SampleOrder.paper) == nil)
        await #expect(
            bed.refusal(of: SampleOrder.offer("one-look"), document: SampleOrder.paper)
                == "refused: The offer site-9 was made under deal/look; give this one another name.")
        await #expect(bed.refusal(of: SampleOrder.offer("one-look", "site-8"), document: SampleOrder.paper) == nil)
        await #expect(
            bed.refusal(of: SampleOrder.offer("one-look", "site-8", "5 GW"), document: SampleOrder.paper)
                == "refused: The offer site-8 is open and can't be made again; make another one under another identifier."
        )
        await #expect(bed.refusal(of: SampleOrder.offer("next-look", "site-7"), document: SampleOrder.paper) == nil)
    }

    @Test("an answer is to a known offer, in its window, of who may give it")
    func answers() async throws {
        let bed = try EvidenceBed()
        await #expect(
            bed.refusal(of: SampleOrder.answer("declined"), party: "microsoft")
                == "usage: No offer 'site-9' under the agreement deal is known; record it first.")
        try await bed.record(SampleOrder.offer(at: "2026-11-01T12:00:00Z"), document: SampleOrder.paper)
        try await bed.record(SampleOrder.offer("one-look", "site-8"), document: SampleOrder.paper)
        try await bed.record(SampleOrder.offer("look", "site-7"), document: SampleOrder.paper)
        let refusals: [(EvidenceOrder.Subject, String, String)] = [
            (
                SampleOrder.answer("declined", "site-6"), "microsoft",
                "usage: No offer 'site-6' under the agreement deal is known; record it first."
            ),
            (
                SampleOrder.answer("ignored"), "microsoft",
                "usage: --answer is one of accepted, declined, withdrawn, not 'ignored'."
            ),
            (
                SampleOrder.answer("declined", "site-7"), "acme",
                "refused: The offer site-7 is declined by microsoft, not by acme."
            ),
            (
                SampleOrder.answer("withdrawn", "site-7"), "microsoft",
                "refused: microsoft has the right and can't withdraw the offer site-7; it accepts or declines."
            ),
            (
                SampleOrder.answer("declined", "site-7", quantity: "1 GW"), "microsoft",
                "usage: Only an acceptance may be of a part; leave --quantity out."
            ),
            (
                SampleOrder.answer("accepted", "site-7", quantity: "1 GW"), "microsoft",
                "usage: The clause look takes all or nothing of the offer site-7; accept 2 GW, or decline it."
            ),
            (
                SampleOrder.answer("accepted", "site-8", quantity: "3 GW"), "microsoft",
                "usage: Of 2 GW a part of that can be accepted, in the same unit, not 3 GW."
            ),
            (
                SampleOrder.answer("declined", "site-7", at: "2026-11-01T00:00:00Z"), "microsoft",
                "refused: The offer site-7 could be answered from \(SampleOrder.now) until before 2026-12-05T12:00:00Z, not at "
                    + "2026-11-01T00:00:00Z."
            ),
            (
                SampleOrder.answer("declined"), "microsoft",
                "refused: The offer site-9 could be answered from 2026-11-01T12:00:00Z until before "
                    + "2026-11-11T12:00:00Z, not at \(SampleOrder.now)."
            ),
        ]
        for (subject, party, message) in refusals {
            await #expect(bed.refusal(of: subject, party: party) == message)
        }
        try await bed.record(SampleOrder.answer("accepted", "site-8", quantity: "1 GW"), party: "microsoft")
        try await bed.record(SampleOrder.answer("accepted", "site-7"), party: "microsoft")
        await #expect(
            bed.refusal(of: SampleOrder.answer("declined", "site-7"), party: "microsoft")
                == "refused: The offer site-7 is accepted and can't be declined; see its course.")
        await #expect(
            bed.refusal(of: SampleOrder.offer("look", "site-7", "3 GW"), document: SampleOrder.paper)
                == "refused: The offer site-7 is accepted and can't be made again; make another one under another "
                + "identifier.")
    }

    @Test("a migration is opened once, on a ground that is recorded, and moves on in order")
    func migrations() async throws {
        let bed = try EvidenceBed()
        let refusals: [(EvidenceOrder.Subject, String)] = [
            (
                SampleOrder.open(ground: "hunger"),
                "usage: --ground is one of capacity, declined, carve-out, not-covered, outage, not 'hunger'."
            ),
            (
                SampleOrder.open(ground: "declined"),
                "refused: A migration on the ground declined names the standing decline of azure with --evidence; none "
                    + "is recorded."
            ),
            (
                SampleOrder.open(ground: "capacity"),
                "refused: A migration on the ground capacity names a refusal by azure with --evidence while its window "
                    + "is open; the running gateway knows of none."
            ),
            (
                SampleOrder.open(ground: "outage"),
                "refused: A migration can't be opened on the ground outage: an outage is known to the request that meets "
                    + "it, and is no standing one."
            ),
            (
                SampleOrder.open(evidence: 99),
                "usage: No fact has the number 99; the ledger's last one is \(bed.node.book.snapshot.facts.revision)."
            ),
            (
                SampleOrder.open(to: "azure"),
                "usage: The migration exodus leads from azure to itself; name two different clouds."
            ),
            (
                SampleOrder.open(percent: 101),
                "usage: The migration exodus can't move 101 percent; give 1 to 100, or close it to move nothing."
            ),
            (
                SampleOrder.open(conditions: []),
                "refused: The migration exodus has no condition of return; say when the workload comes back."
            ),
            (
                SampleOrder.open(conditions: Array(repeating: "soon", count: 9)),
                "usage: A migration has at most 8 conditions of return; join some."
            ),
            (
                SampleOrder.open(conditions: [String(repeating: "x", count: 501)]),
                "usage: --return-when has 501 bytes; write at most 500, and keep the document."
            ),
            (
                .migration(MigrationOrder(migration: "exodus", step: .moved(percent: 20), at: SampleOrder.now)),
                "refused: The migration exodus is not open; open it first, with its clouds, ground and conditions."
            ),
        ]
        for (subject, message) in refusals {
            let said = await bed.refusal(of: subject)
            #expect(said == message)
        }
        try await bed.record(SampleOrder.open())
        await #expect(
            bed.refusal(
                of: .migration(MigrationOrder(migration: "exodus", step: .closed(reason: "done"), at: SampleOrder.now)))
                == "refused: The step takes effect at \(SampleOrder.now), not after the last one of the migration exodus at "
                + "\(SampleOrder.now); give a later instant.")
        await #expect(
            bed.refusal(
                of: .migration(
                    MigrationOrder(migration: "exodus", step: .closed(reason: "done"), at: SampleOrder.later)))
                == nil)
    }
}
