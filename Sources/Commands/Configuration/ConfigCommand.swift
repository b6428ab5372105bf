// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `concordat config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check, show and reload the gateway's configuration.",
        discussion: """
            A value comes from the command line, else from an environment variable such as CONCORDAT_LIMITS_REQUESTS, \
            else from the file, else it has its default.
            """,
        subcommands: [Check.self, Show.self, Schema.self, Reload.self])
}
