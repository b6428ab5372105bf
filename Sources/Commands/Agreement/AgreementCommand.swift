// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat agreement`.
struct AgreementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Adopt agreements, list the adopted ones, and measure shares.",
        subcommands: [Adopt.self, List.self, Measure.self])
}
