// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Attested texts")
struct AttestedTextTests {
    private static let provenance = Provenance(
        recordedBy: "Dana Reyes", party: "microsoft", documentName: "answer.pdf",
        documentSHA256: [UInt8](repeating: 0xA5, count: 32))

    private static let subjects: [PeopleEvidence.Subject] = {
        let noon = Scenario.noon
        let end = noon.advanced(byMilliseconds: 3_600_000)
        let features: FeatureSet = [.longContext, .streaming]
        let quantity = Quantity(nanoUnits: 4_500_000_000, unit: "GW")
        return [
            .decline(
                Decline(
                    cloud: "azure", features: features, models: ["gpt", "mini"], requested: noon, answered: end,
                    until: .distantFuture)),
            .support(SupportAnswer(cloud: "azure", features: features, models: [], from: noon)),
            .launch(Launch(cloud: "azure", model: "gpt", at: noon)),
            .event(EventReport(agreement: "deal", event: "agi-verified", step: .challenged, effective: noon)),
            .override(
                PlacementOverride(
                    cloud: "aws", product: "chat", model: nil, from: noon, until: end,
                    reason: "Region lost\nkind: launch")),
            .offer(
                Offer(
                    id: "site-7", agreement: "deal", clause: "rofr", quantity: quantity, offered: noon,
                    isComplete: true)),
            .offerAnswer(
                OfferAnswer(offer: "site-7", agreement: "deal", kind: .accepted, quantity: quantity, at: noon)),
            .meterReading(
                MeterReading(meter: "training", value: Quantity(nanoUnits: 1, unit: "FLOP"), at: noon, until: end)),
            .notice(Notice(agreement: "deal", clause: "audit", to: "openai", served: noon, about: "Audit of 2026.")),
            .migration(
                MigrationReport(
                    migration: "long-context",
                    step: .opened(
                        .init(
                            from: "azure", to: "aws", product: nil, model: "gpt", ground: .capacity, evidence: 9,
                            percent: 10, conditionsOfReturn: ["Capacity is back.", "Both agree."])),
                    effective: noon)),
            .migration(MigrationReport(migration: "long-context", step: .moved(percent: 50), effective: noon)),
            .migration(
                MigrationReport(migration: "long-context", step: .closed(reason: "Back \\ home."), effective: end)),
            .revocation(of: 4),
            .attestation(of: 5),
        ]
    }()

    @Test("The text of each kind of evidence is what was signed before, to the byte")
    func golden() throws {
        let texts = Self.subjects.map { AttestedText($0, provenance: Self.provenance).description }
        let actual = texts.joined(separator: "\n")
        #expect(try actual == LanguageFiles.golden("attested/texts.txt", actual: actual))
        #expect(Set(Self.subjects.map(\.kind)) == Set(PeopleEvidence.Kind.allCases))
    }

    @Test("Every line but the first has one label, and nothing that is recorded can begin another line")
    func lines() {
        for subject in Self.subjects {
            let lines = AttestedText(subject, provenance: Self.provenance).description.split(separator: "\n")
            #expect(lines.first == "Concordat evidence, version 1")
            #expect(lines.filter { $0.hasPrefix("kind: ") }.count == 1)
            #expect(lines.dropFirst().allSatisfy { $0.contains(": ") })
        }
    }

    @Test(
        "What can't be seen is written out, so that texts that look alike are alike",
        arguments: [
            ("a\nb", "a\\u{A}b"), ("a\\u{A}b", "a\\\\u{A}b"), ("pay\u{202E}lap", "pay\\u{202E}lap"),
            ("zero\u{200B}width", "zero\\u{200B}width"), ("Größe €", "Größe €"), ("", ""),
        ])
    func escaped(reason: String, written: String) {
        let override = PlacementOverride(
            cloud: "aws", product: nil, model: nil, from: Scenario.noon, until: Scenario.noon, reason: reason)
        let text = AttestedText(.override(override), provenance: Self.provenance).description
        #expect(text.hasSuffix("\nreason: \(written)\n"))
    }

    @Test("Every change of a record, its person, its party or its document changes the text")
    func injective() {
        var provenances = [Self.provenance]
        for change in [
            { (provenance: inout Provenance) in provenance.recordedBy = "Tom Brandt" },
            { $0.party = "openai" }, { $0.secondedBy = "Tom Brandt" }, { $0.documentName = nil },
            { $0.documentSHA256 = [UInt8](repeating: 0, count: 32) },
        ] {
            var changed = Self.provenance
            change(&changed)
            provenances.append(changed)
        }
        let texts = provenances.flatMap { provenance in
            Self.subjects.map { AttestedText($0, provenance: provenance).description }
        }
        #expect(Set(texts).count == texts.count)
        // The attestations themselves are not part of it.
        var attested = Self.provenance
        attested.attestations = [Attestation(recorder: "dana", signature: [1], isVerified: true)]
        #expect(
            AttestedText(.revocation(of: 4), provenance: attested)
                == AttestedText(.revocation(of: 4), provenance: Self.provenance))
    }
}
