// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add decline`.
struct AddDecline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "A cloud declined to support a feature.",
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

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("decline")
        order.cloud = cloud
        order.features = features
        order.models = models
        order.requested = requested
        order.answered = answered
        order.until = until
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}
