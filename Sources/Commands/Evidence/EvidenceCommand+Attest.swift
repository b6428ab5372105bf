// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

extension EvidenceCommand {
    /// `concordat evidence attest`.
    struct Attest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attest to an earlier record as another recorder, so that it counts.",
            discussion: "The text of the record is printed before it is signed.")

        @Argument(help: "The number of the record, as `evidence list --open` shows it.")
        var number: UInt64

        @OptionGroup var recording: RecordingOptions

        func run() async throws {
            try await recording.attest(to: number)
        }
    }
}
