// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Foundation
internal import Service

/// `concordat recorders`.
struct RecordersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recorders", abstract: "Make and show the keys with which recorders attest to evidence.",
        subcommands: [New.self, Show.self])

    /// Prints the public key and the lines that the configuration needs.
    static func show(_ key: RecorderKey, file: String, json: JSONOption) throws {
        if json.isOn { return try Output.json(["file": file, "publicKey": key.publicKey]) }
        let kinds = RecorderKey.kindNames.joined(separator: ", ")
        print(
            """
            The public key is \(key.publicKey)

            In concordat.yaml, with the recorder's own name, kinds of evidence and parties:

            recorders:
              NAME:
                public_key: \(key.publicKey)
                kinds: [\(kinds)]
                parties: [PARTY]
            """)
    }
}
