// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension ConfigCommand {
    /// `concordat config reload`.
    struct Reload: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the running gateway read its configuration again, and say what became of it.",
            discussion: """
                The gateway reads the file with which it was started. It puts everything in force or nothing: exit code 1 \
                and what is wrong where the configuration is refused, 3 where it can't be carried out.
                """)

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            guard case .reloaded(let outcome) = try await ControlClient.give(.reload, folder: data.folder) else {
                throw ServiceError(.failed, "The gateway answered something else.")
            }
            for warning in outcome.warnings { Output.note(warning) }
            if json.isOn { return try Output.json(outcome) }
            print(outcome.isChange ? "reloaded" : "reloaded; nothing had changed")
            if !outcome.changed.isEmpty { print("  changed  \(outcome.changed.joined(separator: ", "))") }
            if !outcome.adopted.isEmpty { print("  adopted  \(outcome.adopted.joined(separator: ", "))") }
        }
    }
}
