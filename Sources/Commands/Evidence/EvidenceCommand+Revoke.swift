// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension EvidenceCommand {
    /// `concordat evidence revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a record; it no longer holds from now on.")

        @Argument(help: "The number of the record, as `evidence list` shows it.")
        var number: UInt64

        @OptionGroup var recording: RecordingOptions

        func run() async throws {
            try await recording.record(.revocation(RevocationOrder(number: number)))
        }
    }
}
