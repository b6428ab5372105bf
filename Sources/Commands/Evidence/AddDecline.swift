// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add decline`.
struct AddDecline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "A cloud declined to support a feature.",
        discussion: """
            Without --answered and --requested: it answered now. With --requested alone: it was asked and is silent.
            """)

    @Option(help: "The cloud that declined.")
    var cloud: String

    @Option(name: .customLong("feature"), help: "A feature that it declined; may be repeated.")
    var features: [String]

    @Option(name: .customLong("model"), help: "A model that it is about; may be repeated; all by default.")
    var models: [String] = []

    @Option(help: ArgumentHelp("When support was asked for.", valueName: "instant"))
    var requested: String?

    @Option(help: ArgumentHelp("When the cloud answered.", valueName: "instant"))
    var answered: String?

    @Option(help: ArgumentHelp("Until when the answer holds; open by default.", valueName: "instant"))
    var until: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        // A record without an instant is of an answer that has just been given; one with a request alone, of silence.
        try await recording.record(
            .decline(
                DeclineOrder(
                    cloud: cloud, features: features, models: models, requested: requested,
                    answered: answered ?? (requested == nil ? RecordingOptions.now : nil), until: until)))
    }
}
