// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension RecordersCommand {
    /// `concordat recorders show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public half of a key, and the lines for the configuration.")

        @Argument(help: "The file with the key.")
        var file: String

        @OptionGroup var json: JSONOption

        func run() throws {
            try RecordersCommand.show(try RecorderKey.read(file), file: file, json: json)
        }
    }
}
