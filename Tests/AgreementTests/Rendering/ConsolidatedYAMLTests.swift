// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Consolidated files")
struct ConsolidatedYAMLTests {
    private func terms(_ document: AgreementDocument, at: Instant) -> Terms {
        // What takes effect later is not known to a text in force.
        var known = document
        known.instruments.removeAll { $0.isDraft || $0.effective > at }
        return Terms(of: [(known, Consolidation(known))], at: at)
    }

    /// Everything of a clause that decides or is shown, and when it holds; not how its period is written.
    private func expectSame(_ read: Terms, _ original: Terms, _ comment: Comment) {
        #expect(read.agreements == original.agreements, comment)
        #expect(read.clauses.count == original.clauses.count, comment)
        for (left, right) in zip(read.clauses, original.clauses) {
            var words = left
            words.clause.from = right.clause.from
            words.clause.until = right.clause.until
            #expect(words == right, comment)
        }
    }

    private func check(_ version: AgreementVersion, at: Instant) throws {
        let member = try #require(version.members.first)
        guard let text = ConsolidatedYAML.text(of: member, at: at) else {
            #expect(terms(member.document, at: at).clauses.isEmpty, "at \(at)")
            return
        }
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "again.yaml")
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))\n\(text)")
        expectSame(terms(document, at: at), terms(member.document, at: at), "at \(at):\n\(text)")
        let again = AgreementVersion.Member(document: document, canonical: try #require(reading.canonical))
        #expect(ConsolidatedYAML.text(of: again, at: at) == text)
    }

    @Test(
        "The file of the text in force reads back to the same terms, at every boundary of every example",
        arguments: LanguageFiles.examples)
    func examples(name: String) throws {
        let version = try VersionSample.example(name)
        let document = try #require(version.members.first).document
        let papers = document.instruments.flatMap { [$0.effective, $0.signed] }
        for boundary in Consolidation(document).boundaries + papers {
            for offset in [-1, 0, 1, 86_400_000_000_000, 200 * 86_400_000_000_000] as [Int64] {
                try check(version, at: boundary.advanced(byNanoseconds: offset))
            }
        }
    }

    @Test("What another paper ended, or put off, has that instant as its own")
    func substituted() throws {
        let version = try VersionSample.version(
            """
            agreement: deal
            timezone: America/New_York
            parties: {us: {name: Us}, them: {name: Them}}
            clouds: {azure: {operator: them}, aws: {operator: us}}
            events: {done: {declared_by: us}}
            instruments:
              - id: first
                kind: agreement
                effective: 2026-01-01
                clauses:
                  - {id: grant, kind: licence, licensor: us, licensee: them, publisher: us, exclusive: true, run_off: 5d}
                  - {id: home, kind: primary-cloud, cloud: azure, meaning: try-first, through: 2030-12-31,
                     text: "It's \\"so\\": - # yes", applies_to: {product: {not_in: [lab-*, other]}}}
                  - {id: later, kind: exclusivity, aspect: hosting, cloud: aws, from: 2029-01-01, until: {event: done}}
              - id: second
                kind: amendment
                amends: first
                effective: 2027-01-01
                operations:
                  - end: grant
                  - replace: {id: home, kind: primary-cloud, cloud: aws, meaning: try-first, from: 2028-01-01}
            """)
        for at in [
            "2025-12-31T00:00:00Z", "2026-06-01T00:00:00Z", "2027-01-03T00:00:00Z", "2027-06-01T00:00:00Z",
            "2028-06-01T00:00:00Z", "2029-06-01T00:00:00Z", "2032-01-01T00:00:00Z",
        ] {
            try check(version, at: try #require(Instant(rfc3339: at)))
        }
        let member = try #require(version.members.first)
        let text = ConsolidatedYAML.text(of: member, at: try #require(Instant(rfc3339: "2027-06-01T00:00:00Z")))
        #expect(
            text == """
                # The text in force at 2027-06-01T00:00:00Z, with what its papers have begin later.
                # Papers that take effect only after that instant are left out.
                agreement: deal
                timezone: America/New_York
                parties:
                  them: {name: Them}
                  us: {name: Us}
                clouds:
                  aws: {operator: us}
                  azure: {operator: them}
                events:
                  done: {declared_by: us}
                instruments:
                  - id: first
                    kind: agreement
                    effective: 2026-01-01
                    clauses:
                      - id: grant
                        kind: licence
                        licensor: us
                        licensee: them
                        publisher: us
                        exclusive: true
                        run_off: 5d
                      - id: home
                        kind: primary-cloud
                        cloud: azure
                        meaning: try-first
                        applies_to: {product: {not_in: [lab-*, other]}}
                        through: 2030-12-31
                        text: "It's \\"so\\": - # yes"
                      - id: later
                        kind: exclusivity
                        aspect: hosting
                        cloud: aws
                        from: 2029-01-01
                        until: {event: done}
                  - id: second
                    kind: agreement
                    effective: 2027-01-01
                    operations:
                      - {end: grant}
                      - replace:
                          id: home
                          kind: primary-cloud
                          cloud: aws
                          meaning: try-first
                          from: 2028-01-01

                """)
    }

    private static let named = """
        agreement: deal
        timezone: UTC
        parties: {us: {name: Us}, them: {name: Them}}
        clouds: {azure: {operator: them}}
        events: {done: {declared_by: us}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: spend, kind: spend-commitment, payer: us, payee: them, amount: 9 USD, incremental_to: none,
                 counted_at: billed, credits: after, through: 2027-12-31,
                 steps: [{from: 2026-01-01, through: 2027-12-31, amount: 9 USD}]}
              - {id: old, kind: decline, cloud: azure}
              - {id: host, kind: exclusivity, aspect: hosting, cloud: azure, until: {event: done}}
              - {id: books, kind: audit, auditor: us, audited: them, covers: [spend, host], notice: 1d,
                 lookback_months: 1, retention_months: 9}
            statements:
              - {id: said, text: So., about: [old]}
              - {id: also, text: And so., about: [old, spend]}
          - id: second
            kind: amendment
            amends: first
            effective: 2026-07-01
            operations: [{end: spend}, {end: old}, {suspend: books, until: 2026-09-01}]
          - id: memo
            kind: non-binding
            effective: 2026-07-02
            statements: [{id: plan, text: Perhaps., about: [books]}]
        """

    @Test("What is over stays where another clause names it, and a sentence is about what is still there")
    func named() throws {
        let version = try VersionSample.version(Self.named)
        for at in ["2026-06-30T00:00:00Z", "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z"] {
            try check(version, at: try #require(Instant(rfc3339: at)))
        }
        var member = try #require(version.members.first)
        let at = try #require(Instant(rfc3339: "2026-10-01T00:00:00Z"))
        let done = try #require(Instant(rfc3339: "2026-06-01T00:00:00Z"))
        member.events = [EventOccurrence(event: "done", actsFrom: done, endsAt: nil)]
        let text = try #require(ConsolidatedYAML.text(of: member, at: at))
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "again.yaml")
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))\n\(text)")
        #expect(terms(document, at: at).clauses.map(\.clause.id) == ["books"])
        #expect(document.instruments.flatMap(\.statements).map(\.about) == [[], ["spend"], ["books"]])
        #expect(document.instruments.map(\.kind) == [.agreement, .agreement, .nonBinding])
        #expect(!text.contains("id: old"))
        #expect(text.contains("      - {end: spend}\n      - {suspend: books, until: 2026-09-01}\n"))
        #expect(text.contains("        until: 2026-06-01T00:00:00Z\n"))
    }

    @Test("Random agreements read back to the same terms")
    func random() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var checked = 0
        for round in 0..<100 as Range<UInt64> {
            var random = CaseRandom(seed: seed &+ round)
            let text = RandomText.agreement(&random)
            let reading = AgreementReader.read(bytes: Array(text.utf8), file: "random.yaml")
            guard let document = reading.document, let canonical = reading.canonical else { continue }
            let version = AgreementVersion(
                name: "random", members: [AgreementVersion.Member(document: document, canonical: canonical)])
            for boundary in Consolidation(document).boundaries.prefix(12) {
                checked += 1
                try check(version, at: boundary.advanced(byNanoseconds: random.one([-1, 0, 1])))
            }
        }
        #expect(checked > 100, "seed \(seed)")
    }
}

/// Agreements written as their authors would, from a seed; some are not sound.
private enum RandomText {
    static func agreement(_ random: inout CaseRandom) -> String {
        var text = """
            agreement: deal
            timezone: \(random.one(["UTC", "America/Los_Angeles", "Europe/Berlin"]))
            parties: {us: {name: "Us, & so"}, them: {name: Them}}
            clouds: {azure: {operator: them}, aws: {operator: us}}
            events: {done: {declared_by: us}}
            instruments:

            """
        var inForce: [String: String] = [:]
        var suspended: [String] = []
        for year in 2020...2020 + random.number(0...4) {
            text += "  - id: of-\(year)\n    kind: \(year == 2020 ? "agreement" : "amendment\n    amends: of-2020")\n"
            text += "    effective: \(year)-0\(random.number(1...9))-01\n"
            if random.happens(oneIn: 3) { text += "    statements: [{id: said, text: 'It''s \"said\": so'}]\n" }
            var operations: [String] = []
            for id in inForce.keys.sorted() where random.happens(oneIn: 2) {
                if random.happens(oneIn: 3) {
                    operations.append("{end: \(id)\(random.one(["", ", from: \(year + 1)-03-01"]))}")
                    inForce[id] = nil
                } else if random.happens(oneIn: 3) {
                    let ends = [
                        "", ", until: \(year + 2)-03-01", ", from: \(year + 1)-01-01, through: \(year + 1)-11-30",
                    ]
                    operations.append("{suspend: \(id)\(random.one(ends))}")
                    suspended.append(id)
                } else if let last = suspended.last, last == id {
                    operations.append("resume: \(id)")
                    suspended.removeLast()
                } else {
                    operations.append("replace: \(clause(id, inForce[id] ?? "", year, from: "", &random))")
                }
            }
            for number in 0..<random.number(1...3) {
                let (id, kind) = ("c\(year)-\(number)", random.one(kinds))
                inForce[id] = kind
                let from = random.happens(oneIn: 4) ? ", from: \(year + 1)-02-01" : ""
                operations.append("add: \(clause(id, kind, year, from: from, &random))")
            }
            text += "    operations:\n" + operations.map { "      - \($0)\n" }.joined()
        }
        return text
    }

    private static let kinds = [
        "kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity, declined]}",
        "kind: licence, licensor: us, licensee: them, publisher: us, exclusive: true, run_off: 90d",
        "kind: exclusivity, aspect: hosting, cloud: aws", "kind: launch-first, cloud: azure, lead: {days: 3}",
    ]

    private static func clause(
        _ id: String, _ kind: String, _ year: Int64, from: String, _ random: inout CaseRandom
    ) -> String {
        let ends = [
            "", "", ", through: \(year + random.number(1...4))-06-30", ", until: {event: done}",
            ", until: {latest_of: [{event: done}, \(year + 2)-03-01]}",
        ]
        let selectors = [
            "", ", applies_to: {product: {not_in: [lab-*, a_b]}}",
            ", applies_to: {surface: api, not: {region: other}}, carve_outs: [{id: out, applies_to: {features: vision}}]",
        ]
        let texts = ["", ", text: \"A: \\\"b\\\" # c\\n\\ttwo – lines\""]
        return "{id: \(id), \(kind)\(from)"
            + "\(random.one(ends))\(random.one(selectors))\(random.one(texts))}"
    }
}
