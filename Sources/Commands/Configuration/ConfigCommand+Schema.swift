// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension ConfigCommand {
    /// `concordat config schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of the configuration, with which editors complete and check.",
            discussion: """
                Keep it beside the file and begin the file with: # yaml-language-server: $schema=concordat.schema.json
                """)

        func run() {
            print(ConfigurationReference.schema, terminator: "")
        }
    }
}
