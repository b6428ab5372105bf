// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("As of, as known at")
struct KnowledgeTests {
    private let instruments = """
          - {id: first, kind: agreement, effective: 2026-01-01, clauses: [{id: it, kind: decline, cloud: azure}]}
          - id: second
            kind: amendment
            amends: first
            signed: 2026-09-01
            effective: 2026-03-01
            operations: [{replace: {id: it, kind: decline, cloud: aws}}]
          - id: third
            kind: amendment
            amends: first
            effective: 2026-10-01
            recorded: 2026-11-01
            operations: [{end: it}]

        """

    private func instant(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: text + "T12:00:00Z"))
    }

    private func clouds(effective: String, known: Knowledge) throws -> [String] {
        let document = try SampleAgreement.document(instruments: instruments)
        return try Consolidation(document, known: known).clauses(at: instant(effective)).map { period in
            guard case .decline(let decline) = period.clause.kind else { return "?" }
            return decline.cloud
        }
    }

    @Test(
        "An amendment that reaches back is known from its signature, or from when the file says",
        arguments: [
            ("2026-05-01", "2026-05-01", ["azure"]), ("2026-05-01", "2026-09-02", ["aws"]),
            ("2026-02-01", "2026-09-02", ["azure"]), ("2026-10-15", "2026-10-15", ["aws"]),
            ("2026-10-15", "2026-11-02", []), ("2026-05-01", "2025-12-01", []),
        ])
    func files(effective: String, known: String, expected: [String]) throws {
        #expect(try clouds(effective: effective, known: Knowledge(at: instant(known))) == expected)
    }

    @Test("Adoption overrides what the file says")
    func adoption() throws {
        let adopted = ["second": try instant("2026-12-01")]
        #expect(
            try clouds(effective: "2026-05-01", known: Knowledge(at: instant("2026-11-30"), adopted: adopted)) == [
                "azure"
            ])
        #expect(
            try clouds(effective: "2026-05-01", known: Knowledge(at: instant("2026-12-02"), adopted: adopted)) == [
                "aws"
            ])
    }

    @Test("Without an instant everything is known")
    func everything() throws {
        #expect(try clouds(effective: "2026-05-01", known: Knowledge()) == ["aws"])
        #expect(try clouds(effective: "2026-10-15", known: Knowledge()) == [])
    }

    @Test("An event is known from its recording, its reversal from the reversal's")
    func events() throws {
        let document = try SampleAgreement.document(
            instruments: "  - {id: first, kind: agreement, effective: 2026-01-01, clauses: "
                + "[{id: it, kind: decline, cloud: azure, until: {event: listed}}]}\n")
        let event = EventOccurrence(
            event: "listed", actsFrom: try instant("2026-06-01"), endsAt: try instant("2026-08-01"),
            recorded: try instant("2026-04-01"))
        func isInForce(_ effective: String, _ known: String) throws -> Bool {
            let known = Knowledge(at: try instant(known), events: [event])
            return try !Consolidation(document, known: known).clauses(at: instant(effective)).isEmpty
        }
        #expect(try isInForce("2026-07-01", "2026-03-01"))
        #expect(try !isInForce("2026-07-01", "2026-05-01"))
        #expect(try !isInForce("2026-09-01", "2026-07-01"))
        #expect(try isInForce("2026-09-01", "2026-08-02"))
    }

    @Test("One draft can be read without the others")
    func drafts() throws {
        let text =
            instruments
            + "  - {id: x, kind: amendment, amends: first, effective: 2026-12-01, draft: true, operations: "
            + "[{add: {id: new, kind: decline, cloud: azure}}]}\n"
            + "  - {id: y, kind: amendment, amends: first, effective: 2026-12-01, draft: true, operations: "
            + "[{add: {id: other, kind: decline, cloud: azure}}]}\n"
        let document = try SampleAgreement.document(instruments: text)
        let at = try instant("2026-12-02")
        func ids(_ drafts: DraftSelection) -> [String] {
            Consolidation(document, known: Knowledge(), drafts: drafts).clauses(at: at).map(\.clause.id)
        }
        #expect(ids(.none) == [])
        #expect(ids(.only(["y"])) == ["other"])
        #expect(ids(.all) == ["new", "other"])
    }
}
