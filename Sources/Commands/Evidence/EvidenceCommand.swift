// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat evidence`.
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Record dated facts that decisions rest on, and list them.",
        discussion: "Each record is written into the ledger and takes effect within a second.",
        subcommands: [Add.self, Revoke.self, Attest.self, List.self])
}
