// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Clauses in words")
struct WordsTests {
    private func document() throws -> AgreementDocument {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("valid/every-kind.yaml"), file: "every-kind.yaml")
        return try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
    }

    private func words(_ fields: String) throws -> [String] {
        let clause = try SampleAgreement.clause(fields)
        return try clause.words(in: SampleAgreement.document(instruments: SampleAgreement.instrument(fields)))
    }

    @Test("Every kind says in plain English what it means, with every field written")
    func everyKind() throws {
        let document = try document()
        var text = ""
        for instrument in document.instruments {
            for clause in instrument.operations.compactMap(\.clause) + instrument.proposals {
                text += "# \(clause.id) (\(clause.kind.name)) of \(instrument.id)\n"
                text += clause.words(in: document).joined(separator: "\n") + "\n\n"
            }
        }
        #expect(try text == LanguageFiles.golden("valid/every-kind.txt", actual: text))
    }

    @Test("Where the file is silent the words tell the defaults", arguments: ClauseKind.all.map(\.name))
    func fewest(name: String) throws {
        let fields = try "kind: \(name), " + #require(KindExamples.fewest[name])
        let text = try words(fields).joined(separator: "\n") + "\n"
        #expect(try text == LanguageFiles.golden("words/\(name).txt", actual: text))
    }

    @Test(
        "Conditions, grounds and ends are said as they are read",
        arguments: [
            (
                "kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {all_of: [capacity, declined]}",
                "All requests are tried on azure first; they may leave when azure lacks capacity and has declined the feature."
            ),
            (
                "kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: "
                    + "{all_of: [outage, {any_of: [capacity, declined]}]}",
                "All requests are tried on azure first; they may leave when azure is out of service and (lacks capacity or has declined the feature)."
            ),
            (
                "kind: exclusivity, aspect: hosting, cloud: azure, applies_to: "
                    + "{surface: api, product: {not_in: [a, b]}, model: [gpt-*, x, other]}",
                "Requests whose product is none of a and b and whose model is x or begins with gpt- or is one that no clause names and that come through the stateless API or the stateful API are served on azure and on no other cloud."
            ),
            (
                "kind: exclusivity, aspect: hosting, cloud: azure, applies_to: "
                    + "{not: {any_of: [{features: vision}, {region: {not_in: [eu-*]}}]}}",
                "Requests other than those (that need vision or whose region is not one that begins with eu-) are served on azure and on no other cloud."
            ),
        ])
    func sentences(fields: String, expected: String) throws {
        #expect(try words(fields).first == expected)
    }

    @Test(
        "A period is said with the instant at which it is over",
        arguments: [
            ("", "It holds from when its paper takes effect, and has no end of its own."),
            (
                ", from: 2026-02-01, through: 2032-12-31",
                "It holds from 2026-02-01T00:00 in America/Los_Angeles, until the end of 2032-12-31, that is until 2033-01-01T00:00 in America/Los_Angeles."
            ),
            (
                ", until: 2026-04-27T09:30:15Z",
                "It holds from when its paper takes effect, until 2026-04-27T02:30:15 in America/Los_Angeles."
            ),
            (
                ", until: {event: listed}",
                "It holds from when its paper takes effect, until the event listed, as declared by OpenAI."
            ),
            (
                ", until: {latest_of: [{event: listed}, {through: 2030-12-31}]}",
                "It holds from when its paper takes effect, until the last of these: (a) the event listed, as declared by OpenAI; (b) the end of 2030-12-31, that is until 2031-01-01T00:00 in America/Los_Angeles."
            ),
        ])
    func periods(fields: String, expected: String) throws {
        #expect(try words("kind: decline, cloud: azure" + fields).last == expected)
    }
}
