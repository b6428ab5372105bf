// SPDX-License-Identifier: Apache-2.0

/// Agreements for the commands that read files alone.
enum AgreementSample {
    /// Everything is hosted on one cloud.
    static func exclusive(id: String, cloud: String) -> String {
        """
        agreement: \(id)
        timezone: America/Los_Angeles
        parties: {acme: {name: Acme}, microsoft: {name: Microsoft}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        instruments:
          - id: signed
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: host, kind: exclusivity, aspect: hosting, cloud: \(cloud)}

        """
    }

    /// The same until a day, from which requests may leave for lack of capacity.
    static let amended =
        exclusive(id: "one", cloud: "azure")
            + """
              - id: opened
                kind: amendment
                amends: signed
                effective: 2026-06-01
                operations:
                  - end: host
                  - add: {id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: capacity}

            """
}
