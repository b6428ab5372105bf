// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, change, list and revoke virtual keys.",
        subcommands: [New.self, Change.self, List.self, Revoke.self])
}
