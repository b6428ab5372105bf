// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension RecordersCommand {
    /// `concordat recorders new`.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an Ed25519 key in a new file, and print its public half.",
            discussion: """
                Only the owner may read the file, which is PKCS #8 in PEM. It is never overwritten; keep a copy offline.
                """)

        @Argument(help: "The file, which is not there yet.")
        var file: String

        @OptionGroup var json: JSONOption

        func run() throws {
            try RecordersCommand.show(try RecorderKey.make(at: file), file: file, json: json)
            Output.note("\(file) holds the private key; whoever has it can attest.")
        }
    }
}
