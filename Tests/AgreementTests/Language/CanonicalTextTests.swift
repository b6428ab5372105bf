// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Canonical texts")
struct CanonicalTextTests {
    private func canonical(_ text: String) throws -> CanonicalAgreement {
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "a.yaml")
        return try #require(reading.canonical, "\(reading.diagnostics.map(\.rendered))")
    }

    private static let plain = """
        agreement: sample
        timezone: UTC
        parties: {us: {name: Us}}
        clouds: {azure: {operator: them}, aws: {operator: "amazon"}}
        calendars: {work: {weekend: [sunday], holidays: [2026-01-01]}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: a, kind: decline, cloud: azure, text: "It\\u2019s so.\\nTruly."}
              - {id: b, kind: decline, cloud: aws}
        """

    @Test("Comments, white space, quotes, layout and the order of keys mean nothing")
    func independence() throws {
        let other = """
            # The same, written otherwise.
            'timezone': "UTC"
            clouds:
              aws:   {operator: amazon}
              azure:
                operator: 'them'
            parties: {us: {name: 'Us'}}
            calendars:
              work: {holidays: [2026-01-01], weekend: [sunday]}

            instruments:
            - effective: "2026-01-01"
              clauses:
              - kind: decline
                text: |-
                  It’s so.
                  Truly.
                cloud: azure   # home
                id: a
              - id: b
                cloud: aws
                kind: decline
              kind: agreement
              id: first
            agreement: sample
            """
        #expect(try canonical(Self.plain) == canonical(other))
    }

    @Test("The text of an instrument is what it says, sorted, one value a line")
    func text() throws {
        #expect(
            try canonical(Self.plain).instruments[0].text == """
                {
                 "clauses": [
                  {
                   "cloud": "azure",
                   "id": "a",
                   "kind": "decline",
                   "text": "It’s so.\\nTruly."
                  },
                  {
                   "cloud": "aws",
                   "id": "b",
                   "kind": "decline"
                  }
                 ],
                 "effective": "2026-01-01",
                 "id": "first",
                 "kind": "agreement"
                }

                """)
    }

    @Test(
        "The texts alone rebuild the agreement, and its texts",
        arguments: LanguageFiles.examples)
    func roundTrip(name: String) throws {
        let reading = try AgreementReader.read(bytes: LanguageFiles.example(name), file: name)
        let canonical = try #require(reading.canonical)
        let again = AgreementReader.readAdopted(
            header: canonical.header, instruments: canonical.instruments.map(\.text))
        #expect(again.document == reading.document)
        #expect(again.canonical == canonical)
    }

    private static let together = """
        agreement: deal
        timezone: UTC
        parties: {us: {name: Us}, them: {name: Them}}
        clouds: {azure: {operator: them}}
        instruments:
          - id: amendment
            kind: amendment
            amends: b
            precedence: 2
            effective: 2026-01-01
            operations:
              - {suspend: host, until: 2026-02-01}
              - add: {id: label, kind: primary-cloud, cloud: azure, meaning: try-first}
            statements: [{id: said, text: So., about: [out]}]
          - id: a
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: out, kind: revenue-share, payer: us, payee: them, currency: USD, rate: 20%, period: quarter,
                 base: {measure: recognised-revenue, includes: [all]}, nets_with: back}
          - id: b
            kind: agreement
            precedence: 1
            effective: 2026-01-01
            clauses:
              - {id: host, kind: exclusivity, aspect: hosting, cloud: azure}
              - {id: back, kind: revenue-share, payer: them, payee: us, currency: USD, rate: 20%, period: quarter,
                 base: {measure: recognised-revenue, includes: [all]}, nets_with: out}
            operations: [{end: label}]
          - id: base
            kind: agreement
            effective: 2025-01-01
            clauses: [{id: label, kind: primary-cloud, cloud: azure, meaning: label-only}]
        """

    @Test("Papers of one day that name each other's clauses can be adopted one by one, in any order")
    func oneByOne() throws {
        let reading = AgreementReader.read(bytes: Array(Self.together.utf8), file: "a.yaml")
        let (document, canonical) = (try #require(reading.document), try #require(reading.canonical))
        let texts = canonical.instruments.map(\.text)
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            for count in 1...3 {
                let adopted = AgreementReader.readAdopted(
                    header: canonical.header, instruments: [texts[3]] + order.prefix(count).map { texts[$0] })
                let rendered = adopted.diagnostics.map(\.rendered)
                let read = try #require(adopted.document, "\(order.prefix(count)): \(rendered)")
                guard count == 3 else { continue }
                #expect(Consolidation(read).periods == Consolidation(document).periods)
            }
        }
    }

    @Test("What no paper could bring any more is refused in adopted texts too")
    func unsoundAdoption() throws {
        let canonical = try canonical(Self.together)
        let texts = canonical.instruments.map(\.text)
        let twice = AgreementReader.readAdopted(
            header: canonical.header,
            instruments: [texts[3], texts[2], texts[2].replacing("\"id\": \"b\"", with: "\"id\": \"c\"")])
        #expect(twice.document == nil)
        #expect(twice.diagnostics.contains { $0.code == .precedenceNeeded })
    }

    @Test("A text that was damaged after adoption gives diagnostics, not a document")
    func damaged() throws {
        let canonical = try canonical(Self.plain)
        let reading = AgreementReader.readAdopted(header: canonical.header, instruments: ["{\"id\": "])
        #expect(reading.document == nil)
        #expect(reading.diagnostics.first?.file == "adopted instrument 1")
    }

    @Test(
        "A change is named by its path",
        arguments: [
            ("cloud: aws", "cloud: azure", "clauses[1].cloud"), ("2026-01-01", "2026-01-02", "effective"),
            ("id: b, kind: decline, cloud: aws", "id: b, kind: decline, cloud: aws, notice: 1h", "clauses[1].notice"),
            ("kind: agreement", "kind: agreement\n    title: New", "title"),
        ])
    func difference(old: String, new: String, path: String) throws {
        let before = try canonical(Self.plain).instruments[0].text
        let after = try canonical(Self.plain.replacing(old, with: new)).instruments[0].text
        #expect(CanonicalText.firstDifference(adopted: before, current: after) == path)
        #expect(CanonicalText.firstDifference(adopted: before, current: before) == nil)
    }

    @Test(
        "A header may grow, but what it said stays",
        arguments: [
            ("parties: {", "parties: {them: {name: Them}, ", nil),
            ("clouds: {", "clouds: {gcp: {operator: google}, ", nil),
            ("timezone: UTC", "timezone: UTC\ntitle: New", nil),
            ("timezone: UTC", "timezone: Europe/Paris", "timezone"),
            ("agreement: sample", "agreement: other", "agreement"), ("{name: Us}", "{name: We}", "parties.us.name"),
            ("operator: them", "operator: us", "clouds.azure.operator"),
            ("timezone: UTC", "timezone: UTC\nevents: {listed: {declared_by: us}}", nil),
            ("aws: {operator: \"amazon\"}", "gcp: {operator: google}", "clouds.aws"),
            ("[2026-01-01]", "[2026-01-01, 2027-01-01]", nil),
            ("work: {", "other: {weekend: [sunday]}, work: {", nil),
            ("[2026-01-01]", "[2025-12-31, 2026-01-01]", "calendars.work.holidays"),
            (", holidays: [2026-01-01]", "", "calendars.work.holidays"),
            ("weekend: [sunday]", "weekend: [saturday, sunday]", "calendars.work.weekend[0]"),
            ("work: {", "other: {", "calendars.work"),
        ])
    func header(old: String, new: String, path: String?) throws {
        let before = try canonical(Self.plain).header
        let text = Self.plain.replacing(old, with: new).replacing(
            "{id: b, kind: decline, cloud: aws}", with: "{id: b, kind: decline, cloud: azure}")
        #expect(try CanonicalText.headerChange(adopted: before, current: canonical(text).header) == path)
    }
}
