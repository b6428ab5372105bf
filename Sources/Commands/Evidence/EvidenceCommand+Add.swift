// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

extension EvidenceCommand {
    /// `concordat evidence add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record evidence.",
            subcommands: [AddDecline.self, AddLaunch.self, AddEvent.self, AddOverride.self])
    }
}
