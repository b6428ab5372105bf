// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("agreement")
struct AgreementCommandTests {
    private static let amendment = """
          - id: amendment-2027
            kind: amendment
            amends: signed-2026
            effective: 2027-01-01
            operations:
              - end: azure-first

        """

    @Test("an amendment is adopted once, and the adopted instruments are listed")
    func adopts() async throws {
        let folder = try await Recording.shared.copy()
        let data = folder.path("data")
        let file = try folder.write(TestBed.agreement + Self.amendment, to: "amended.yaml")
        let first = try await concordat("agreement", "adopt", file, "--data", data, "--json").expect(0).rows
        #expect(first.count == 2)
        #expect(first.map { $0["isNew"] as? Bool } == [false, true])
        let again = try await concordat("agreement", "adopt", file, "--data", data).expect(0)
        #expect(again.output.contains("acme-microsoft/amendment-2027: was adopted before"))
        let rows = try await concordat("agreement", "list", "--data", data, "--json").expect(0).rows
        #expect(rows.map { $0["instrument"] as? String } == ["signed-2026", "amendment-2027"])
        for row in rows {
            #expect(Set(row.keys) == ["agreement", "instrument", "kind", "signed", "effective", "recorded"])
        }
        let table = try await concordat("agreement", "list", "--data", data).expect(0)
        #expect(table.output.hasPrefix("agreement"))
        try await concordat("verify", "--decisions", "--data", data).expect(0)
    }

    @Test("an adopted instrument whose text changed is refused by name")
    func changed() async throws {
        let folder = try await Recording.shared.copy()
        let text = TestBed.agreement.replacingOccurrences(
            of: "any_of: [capacity, declined]", with: "any_of: [capacity]")
        let file = try folder.write(text, to: "changed.yaml")
        try await concordat("agreement", "adopt", file, "--data", folder.path("data")).expectComplaint(1, "signed-2026")
        try await concordat("verify", "--decisions", "--data", folder.path("data")).expect(0)
    }

    @Test("an agreement with errors is not adopted")
    func bad() async throws {
        let folder = try await Recording.shared.copy()
        let file = try folder.write("agreement: [", to: "bad.yaml")
        try await concordat("agreement", "adopt", file, "--data", folder.path("data")).expectComplaint(
            1, "bad.yaml:1:", "help:")
    }
}
