// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add launch`.
struct AddLaunch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch", abstract: "A model became generally available on a cloud.")

    @Option(help: "The cloud.")
    var cloud: String

    @Option(help: "The model.")
    var model: String

    @Option(help: ArgumentHelp("When; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("launch")
        order.cloud = cloud
        order.models = [model]
        order.at = at
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}
