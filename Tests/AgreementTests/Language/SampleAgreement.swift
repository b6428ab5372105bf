// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

/// Small agreements for the tests of the language.
enum SampleAgreement {
    static let header = """
        agreement: sample
        timezone: America/Los_Angeles
        parties: {openai: {name: OpenAI}, microsoft: {name: Microsoft}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        events: {agi-verified: {declared_by: openai}, listed: {declared_by: openai}}
        calendars: {us-business: {weekend: [saturday, sunday], holidays: [2026-01-01, 2026-12-25]}}

        """

    /// The agreement with the instruments written in YAML.
    static func reading(instruments: String) -> AgreementReading {
        AgreementReader.read(bytes: Array((header + "instruments:\n" + instruments).utf8), file: "sample.yaml")
    }

    /// One instrument that holds one clause, written as a flow mapping without its braces.
    static func instrument(_ fields: String) -> String {
        "  - {id: first, kind: agreement, effective: 2026-01-01, clauses: [{id: it, \(fields)}]}\n"
    }

    /// The agreement with one instrument that holds one clause, written as a flow mapping without its braces.
    static func clause(_ fields: String) throws -> Clause {
        let reading = reading(
            instruments: instrument(fields))
        let document = try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
        return try #require(document.instruments.first?.operations.first?.clause)
    }

    /// The codes of what is wrong with a clause.
    static func faults(_ fields: String) -> [String] {
        reading(
            instruments: instrument(fields)
        ).diagnostics.map(\.code.rawValue)
    }

    static func document(instruments: String) throws -> AgreementDocument {
        let reading = reading(instruments: instruments)
        return try #require(reading.document, "\(reading.diagnostics.map(\.rendered))")
    }
}
