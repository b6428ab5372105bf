// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser

/// `concordat schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of agreements, with which editors complete and check.",
        discussion: """
            Keep it beside your agreements and begin a file with: # yaml-language-server: $schema=agreement.schema.json
            """)

    func run() {
        print(AgreementSchema.text, terminator: "")
    }
}
