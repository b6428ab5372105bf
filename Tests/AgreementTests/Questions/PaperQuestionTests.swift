// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Questions about papers and parties")
struct PaperQuestionTests {
    @Test("Question 6: two papers that touch one clause at one instant say which goes later, or are refused")
    func precedence() throws {
        let founding = SampleAgreement.instrument("kind: decline, cloud: azure")
        func amendment(_ id: String, _ more: String, _ cloud: String) -> String {
            "  - {id: \(id), kind: amendment, amends: first, effective: 2026-06-01\(more), operations: "
                + "[{replace: {id: it, kind: decline, cloud: \(cloud)}}]}\n"
        }
        let bare = founding + amendment("a", "", "aws") + amendment("b", "", "azure")
        #expect(SampleAgreement.reading(instruments: bare).diagnostics.map(\.code) == [.precedenceNeeded])
        let ordered = founding + amendment("a", ", precedence: 2", "aws") + amendment("b", ", precedence: 1", "azure")
        let last = try Consolidation(SampleAgreement.document(instruments: ordered)).periods.last
        #expect(last?.instrument == "a")
    }

    @Test("Question 24: affiliates are listed by name, and an assignment is an amendment")
    func affiliatesAndAssignment() throws {
        let text =
            SampleAgreement.header.replacing(
                "microsoft: {name: Microsoft}",
                with: "microsoft: {name: Microsoft, affiliates: [GitHub, LinkedIn]}, heir: {name: Heir}")
            + "instruments:\n"
            + SampleAgreement.instrument(
                "kind: licence, licensor: openai, licensee: microsoft, publisher: openai, exclusive: false")
            + "  - {id: assignment, kind: amendment, amends: first, effective: 2027-01-01, operations: [{replace: {id: "
            + "it, kind: licence, licensor: openai, licensee: heir, publisher: openai, exclusive: false}}]}\n"
        let reading = AgreementReader.read(bytes: Array(text.utf8), file: "sample.yaml")
        let document = try #require(reading.document)
        #expect(document.parties.map(\.affiliates) == [[], ["GitHub", "LinkedIn"], []])
        let licensees = Consolidation(document).periods.map { period in
            if case .licence(let licence) = period.clause.kind { licence.licensee } else { "?" }
        }
        #expect(licensees == ["microsoft", "heir"])
    }

    @Test("Question 28: a memorandum and an interpretation change no term at any instant")
    func withoutEffect() throws {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("valid/every-kind.yaml"), file: "every-kind.yaml")
        let document = try #require(reading.document)
        var without = document
        without.instruments.removeAll { !$0.kind.changesTerms }
        #expect(document.instruments.count - without.instruments.count == 2)
        let (with, bare) = (Consolidation(document), Consolidation(without))
        #expect(with.boundaries == bare.boundaries)
        for boundary in with.boundaries {
            for instant in [boundary.advanced(byNanoseconds: -1), boundary] {
                #expect(
                    Terms(of: [(document, with)], at: instant) == Terms(of: [(without, bare)], at: instant))
            }
        }
    }

    @Test("Question 28: what they say is kept, with the clauses that it is about, and can be shown")
    func kept() throws {
        let reading = try AgreementReader.read(
            bytes: LanguageFiles.fixture("valid/every-kind.yaml"), file: "every-kind.yaml")
        let document = try #require(reading.document)
        let memorandum = try #require(document.instruments.first { $0.kind == .nonBinding })
        #expect(memorandum.operations.isEmpty && memorandum.proposals.map(\.id) == ["hosting"])
        let proposed = memorandum.proposals[0].words(in: document).first
        #expect(proposed == "All requests are served on aws and on no other cloud.")
        let interpretation = try #require(document.instruments.first { $0.kind == .interpretation })
        #expect(interpretation.statements.map(\.about) == [["hosting", "primary"]])
    }
}
