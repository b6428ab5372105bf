// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension AddMigration {
    /// `concordat evidence add migration open`.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a migration on a ground, with the conditions under which the workload returns.")

        @Option(help: "The cloud that is left.")
        var from: String

        @Option(help: "The cloud to which the workload moves.")
        var to: String

        @Option(help: "The product that moves; all by default.")
        var product: String?

        @Option(help: "The model that moves; all by default.")
        var model: String?

        @Option(help: "capacity, declined, carve-out or not-covered.")
        var ground: String

        @Option(
            help: ArgumentHelp(
                "The evidence that the ground rests on; needed for capacity and declined.", valueName: "number"))
        var evidence: UInt64?

        @Option(help: "How much moves at first, 1 to 100.")
        var percent: Int

        @Option(
            name: .customLong("return-when"),
            help: ArgumentHelp("When the workload returns, in words; may be repeated.", valueName: "condition"))
        var conditions: [String]

        @OptionGroup var options: Options

        func run() async throws {
            try await options.record(
                .opened(
                    MigrationOrder.Opening(
                        from: from, to: to, product: product, model: model, ground: ground, evidence: evidence,
                        percent: percent, conditionsOfReturn: conditions)))
        }
    }
}
