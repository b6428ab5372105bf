// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add event`.
struct AddEvent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "An event of an agreement happened, was verified, or was reversed.",
        discussion: "It acts from the later of its effective instant and its recording.")

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The event, as the agreement declares it.")
    var event: String

    @Option(help: "declared, verified or reversed.")
    var step = "declared"

    @Option(help: ArgumentHelp("From when it takes effect; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("event")
        order.agreement = agreement
        order.event = event
        order.step = step
        order.at = at
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}
