// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat ledger`.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Look into the ledger.", subcommands: [Show.self, List.self])
}
