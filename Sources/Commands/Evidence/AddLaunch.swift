// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add launch`.
struct AddLaunch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch", abstract: "A model reached a milestone on a cloud.")

    @Option(help: "The cloud.")
    var cloud: String

    @Option(help: "The model.")
    var model: String

    @Option(help: "general-availability, preview, first-billable-request or handed-over.")
    var milestone = "general-availability"

    @Option(help: ArgumentHelp("When; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .launch(LaunchOrder(cloud: cloud, model: model, milestone: milestone, at: at ?? RecordingOptions.now)))
    }
}
