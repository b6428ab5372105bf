// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add migration`.
struct AddMigration: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migration", abstract: "Open, move and close a standing move of a workload off its primary cloud.",
        subcommands: [Open.self, Move.self, Close.self])

    /// Which migration, and when.
    struct Options: ParsableArguments {
        @Argument(help: "The migration's name.")
        var name: String

        @Option(help: ArgumentHelp("From when it takes effect; now by default.", valueName: "instant"))
        var at: String?

        @OptionGroup var recording: RecordingOptions

        func record(_ step: MigrationOrder.Step) async throws {
            try await recording.record(
                .migration(MigrationOrder(migration: name, step: step, at: at ?? RecordingOptions.now)))
        }
    }
}
