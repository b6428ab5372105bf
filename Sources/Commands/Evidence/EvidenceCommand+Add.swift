// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

extension EvidenceCommand {
    /// `concordat evidence add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record evidence.",
            discussion: """
                Where the configuration names recorders, one of them signs it with --sign-with, or elsewhere, the text \
                that --print-text prints. What takes two has no effect until `evidence attest` brings the second.
                """,
            subcommands: [
                AddDecline.self, AddSupport.self, AddLaunch.self, AddEvent.self, AddOverride.self, AddOffer.self,
                AddAnswer.self, AddReading.self, AddNotice.self, AddMigration.self,
            ])
    }
}
