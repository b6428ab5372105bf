// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence`.
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Record dated facts that decisions rest on, and list them.",
        discussion: "Each record is written into the ledger and takes effect within a second.",
        subcommands: [Add.self, Revoke.self, List.self])

    /// Gives the order and prints the number of the record.
    static func give(_ order: EvidenceOrder, data: DataOption, json: JSONOption) async throws {
        guard case .recorded(let number) = try await ControlClient.give(.record(order), folder: data.folder) else {
            throw ServiceError(.failed, "The gateway answered something else.")
        }
        if json.isOn { return try Output.json(["number": number]) }
        print("Recorded as evidence \(number).")
    }
}
