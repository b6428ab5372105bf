// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat agreement`.
struct AgreementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Adopt agreements and list the adopted ones.",
        subcommands: [Adopt.self, List.self])
}
