// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add support`.
struct AddSupport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support", abstract: "A cloud supports a feature after all; it ends declines and silence about it."
    )

    @Option(help: "The cloud.")
    var cloud: String

    @Option(name: .customLong("feature"), help: "A feature that it supports; may be repeated.")
    var features: [String]

    @Option(name: .customLong("model"), help: "A model that it is about; may be repeated; all by default.")
    var models: [String] = []

    @Option(help: ArgumentHelp("From when; now by default.", valueName: "instant"))
    var from: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .support(
                SupportOrder(
                    cloud: cloud, features: features, models: models, from: from ?? RecordingOptions.now)))
    }
}
