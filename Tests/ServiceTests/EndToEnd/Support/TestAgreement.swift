// SPDX-License-Identifier: Apache-2.0

import Agreement

/// Agreements for whole-gateway tests; their dates lie so far back that they hold whenever the tests run.
enum TestAgreement {
    /// Azure is tried first; requests leave it for lack of capacity or a decline.
    ///
    /// Two successes close a window.
    static let primaryCloud = primary(spillOn: "{any_of: [capacity, declined]}")

    /// Azure hosts everything.
    static let exclusive = text(
        id: "deal", clauses: "- {id: only-azure, kind: exclusivity, aspect: hosting, cloud: azure}")

    /// Microsoft's licence to the models has ended.
    static let lapsedLicence = text(
        id: "deal",
        clauses: """
            - {id: licence, kind: licence, licensor: acme, licensee: microsoft, publisher: openai, subjects: [models], exclusive: false, through: 2021-12-31}
            """)

    /// As ``primaryCloud`` with other grounds.
    static func primary(id: String = "deal", cloud: String = "azure", spillOn: String) -> String {
        text(
            id: id,
            clauses: """
                - {id: primary, kind: primary-cloud, cloud: \(cloud), meaning: try-first, spill_on: \(spillOn)}
                      - {id: capacity, kind: sufficiency, cloud: \(cloud), require: either, counts: [no-capacity], request: {retries: 0}, window: {signals: 1, within: 1m, time_to_live: 1m}, recovery: {successes: 2}}
                      - {id: declines, kind: decline, cloud: \(cloud), notice: 0s}
                """)
    }

    /// An agreement of one instrument.
    static func text(id: String, clauses: String) -> String {
        """
        agreement: \(id)
        timezone: America/Los_Angeles
        parties: {acme: {name: Acme}, microsoft: {name: Microsoft}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        instruments:
          - id: signed
            kind: agreement
            effective: 2020-01-01
            clauses:
              \(clauses)

        """
    }

    static func read(_ text: String, file: String = "deal.yaml") -> (file: String, reading: AgreementReading) {
        (file, AgreementReader.read(bytes: Array(text.utf8), file: file))
    }
}
