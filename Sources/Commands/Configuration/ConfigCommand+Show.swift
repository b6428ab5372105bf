// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Service

extension ConfigCommand {
    /// `concordat config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every value of the configuration with where it comes from.",
            discussion: """
                FILE:LINE, the environment variable, or `default`. Secrets are never shown, only where they are found.
                """)

        @Argument(help: ArgumentHelp("The configuration file.", valueName: "file"))
        var file = "concordat.yaml"

        @Flag(help: "Print the defaults that nobody set, alone.")
        var defaults = false

        @OptionGroup var json: JSONOption

        func run() throws {
            let reading = ConfigurationReader.read(file: file)
            for diagnostic in reading.diagnostics { Output.note(diagnostic.rendered) }
            guard reading.configuration != nil, let document = reading.document else {
                throw ExitCode(reading.isUnreadable ? 2 : 1)
            }
            let settings = document.settings(isDefaultsOnly: defaults)
            if json.isOn { return try Output.json(settings) }
            Output.table(["setting", "from", "value"], settings.map { [$0.setting, $0.origin, $0.value] })
        }
    }
}
