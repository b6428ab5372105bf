// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Kinds of clause")
struct ClauseKindTests {
    @Test(
        "A clause is read with what it says, and with its defaults where it is silent",
        arguments: [
            (
                "kind: primary-cloud, cloud: azure, meaning: label-only",
                .primaryCloud(.init(cloud: "azure", meaning: .labelOnly, spillOn: .never))
            ),
            (
                "kind: exclusivity, aspect: distribution, cloud: aws",
                .exclusivity(.init(aspect: .distribution, cloud: "aws"))
            ),
            (
                "kind: launch-first, cloud: azure",
                .launchFirst(.init(cloud: "azure", lead: .milliseconds(0), exception: .never))
            ),
            (
                "kind: launch-first, cloud: azure, lead: same-instant-ok, exception: declined",
                .launchFirst(.init(cloud: "azure", lead: .sameInstant, exception: .ground(.declined)))
            ),
            (
                "kind: launch-first, cloud: azure, lead: {days: 14}",
                .launchFirst(.init(cloud: "azure", lead: .milliseconds(14 * 86_400_000), exception: .never))
            ),
            (
                "kind: launch-first, cloud: azure, lead: 2h",
                .launchFirst(.init(cloud: "azure", lead: .milliseconds(7_200_000), exception: .never))
            ),
            (
                "kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: false",
                .licence(
                    .init(
                        licensor: "openai", licensee: "microsoft", publisher: "openai", subjects: [],
                        isExclusive: false, channels: [], runOffMilliseconds: 0))
            ),
            ("kind: sufficiency, cloud: azure", .sufficiency(.defaults(cloud: "azure"))),
            (
                "kind: sufficiency, cloud: azure, require: both, counts: [no-capacity, own-quota], quota_refusal: T-1, "
                    + "request: {retries: 2}, window: {signals: 3, within: 30s, time_to_live: 5m}, recovery: {successes: 5}",
                .sufficiency(
                    .init(
                        cloud: "azure", require: .both, counts: [.noCapacity, .ownQuota], quotaRefusal: "T-1",
                        retries: 2, windowSignals: 3, windowWithinMilliseconds: 30_000,
                        timeToLiveMilliseconds: 300_000, recoverySuccesses: 5))
            ),
            (
                "kind: decline, cloud: azure, notice: 10m, silence: 5d",
                .decline(.init(cloud: "azure", noticeMilliseconds: 600_000, silenceMilliseconds: 432_000_000))
            ),
            (
                "kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity}, "
                    + "response_window: 30d",
                .rightOfFirstRefusal(
                    .init(
                        holder: "microsoft", cloud: "azure", trigger: .init(text: "New capacity", minimum: nil),
                        responseWindow: .milliseconds(30 * 86_400_000), onSilence: .lapse, partial: .allOrNothing,
                        match: nil, reOffer: .onImprovedTerms, validityMilliseconds: nil))
            ),
            (
                "kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity, at_least: "
                    + "0.5 GW}, response_window: {business_days: 10, calendar: us-business}, on_silence: accept, "
                    + "partial: split, match: The same price, re_offer: none, validity: 90d",
                .rightOfFirstRefusal(
                    .init(
                        holder: "microsoft", cloud: "azure",
                        trigger: .init(
                            text: "New capacity", minimum: Quantity(nanoUnits: 500_000_000, unit: "GW")),
                        responseWindow: .businessDays(10, calendar: "us-business"), onSilence: .accept,
                        partial: .split, match: "The same price", reOffer: .none,
                        validityMilliseconds: 90 * 86_400_000))
            ),
            (
                "kind: residency, regions: [eu-*, uk-south]",
                .residency(.init(regions: [.prefix("eu-"), .exactly("uk-south")], clouds: []))
            ),
            (
                "kind: residency, regions: [eu-*], clouds: [aws]",
                .residency(.init(regions: [.prefix("eu-")], clouds: ["aws"]))
            ),
            (
                "kind: limit, meter: training-compute, of: Compute used, at_most: 1e26 FLOP, on_missing: permit",
                .limit(
                    .init(
                        meter: "training-compute", measures: "Compute used",
                        atMost: Quantity(nanoUnits: Quantity.nanoUnitsMax / 1_000, unit: "FLOP"),
                        onMissing: .permit, reach: .everywhere))
            ),
            (
                "kind: limit, meter: seats, of: Seats, at_most: 250 seats, on_missing: forbid, operated_by: microsoft",
                .limit(
                    .init(
                        meter: "seats", measures: "Seats", atMost: Quantity(nanoUnits: 250_000_000_000, unit: "seats"),
                        onMissing: .forbid, reach: .operatedBy("microsoft")))
            ),
        ] as [(String, Clause.Kind)])
    func kinds(fields: String, expected: Clause.Kind) throws {
        #expect(try SampleAgreement.clause(fields).kind == expected)
    }

    @Test("Every kind documents each of its fields once, and reads under its own name")
    func tables() {
        #expect(
            ClauseKind.all.map(\.name)
                == ClauseKind.all.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
        for kind in ClauseKind.all {
            #expect(Set(kind.fields.map(\.name)).count == kind.fields.count)
            #expect(!kind.summary.isEmpty)
            for field in kind.fields {
                #expect(field.summary.hasSuffix(".") && !field.shape.expectation.isEmpty)
                #expect(!(field.isRequired && field.written != nil))
            }
            let codes = SampleAgreement.faults("kind: \(kind.name)")
            #expect(codes == kind.fields.filter(\.isRequired).map { _ in "missing-key" })
        }
    }

    @Test(
        "A default as it is documented reads to the same clause as no field at all",
        arguments: ClauseKind.all.map(\.name))
    func writtenDefaults(name: String) throws {
        let kind = try #require(ClauseKind.all.first { $0.name == name })
        let bare = try "kind: \(name), " + #require(KindExamples.fewest[name])
        let common = ", applies_to: any, carve_outs: none, assumed: none"
        // The prices stand in the bare clause, because one of its defaulted fields must be written.
        let written = kind.fields.filter { !bare.contains("\($0.name): ") }.compactMap { field in
            field.written.map { ", \(field.name): \($0)" }
        }.joined()
        #expect(try SampleAgreement.clause(bare + written + common) == SampleAgreement.clause(bare))
    }

    @Test("The file, its instruments and its calendars can be written with their defaults")
    func writtenDefaultsOfTheFile() throws {
        let bare = """
            agreement: sample
            timezone: UTC
            parties: {us: {name: Us}}
            clouds: {azure: {operator: us}}

            """
        let instrument = "instruments: [{id: first, kind: agreement, effective: 2026-01-01, statements: "
        let statement = "[{id: a, text: A.}]"
        let defaults = ", clauses: none, operations: none, draft: false"
        let short = AgreementReader.read(
            bytes: Array((bare + instrument + statement + "}]").utf8), file: "short.yaml")
        let long = AgreementReader.read(
            bytes: Array(
                (bare + "events: none\ncalendars: none\n" + instrument + statement + defaults + "}]").utf8),
            file: "long.yaml")
        #expect(try #require(short.document) == #require(long.document))
    }

    @Test("Carve-outs, words, source and assumptions are kept")
    func common() throws {
        let clause = try SampleAgreement.clause(
            "kind: exclusivity, aspect: hosting, cloud: azure, text: The words., assumed: [aspect], "
                + "carve_outs: [{id: lab, applies_to: {product: lab}, text: Not labs.}], "
                + "source: {title: The paper, url: \"https://example.com/p\", grade: reported}")
        #expect(clause.text == "The words.")
        #expect(clause.assumed == ["aspect"])
        #expect(clause.source == Source(title: "The paper", url: "https://example.com/p", grade: .reported))
        #expect(
            clause.carveOuts == [
                CarveOut(id: "lab", appliesTo: .value(.product, [.exactly("lab")]), text: "Not labs.")
            ])
    }

    @Test("All faults of a clause are told at once, in the order of the file")
    func everythingAtOnce() {
        let codes = SampleAgreement.faults(
            "kind: decline, cloud: azzure, colour: red, notice: 10, applies_to: {prodct: x}, until: 2026-13-01")
        #expect(codes == ["unknown-name", "unknown-key", "invalid-duration", "unknown-key", "invalid-date"])
    }
}
