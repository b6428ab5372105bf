// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension AddMigration {
    /// `concordat evidence add migration move`.
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let another part of the workload move.")

        @Option(help: "How much moves from now on, 0 to 100.")
        var percent: Int

        @OptionGroup var options: Options

        func run() async throws {
            try await options.record(.moved(percent: percent))
        }
    }

    /// `concordat evidence add migration close`.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Close a migration; the workload returns.")

        @Option(help: "Why, such as the condition of return that is met.")
        var reason: String

        @OptionGroup var options: Options

        func run() async throws {
            try await options.record(.closed(reason: reason))
        }
    }
}
