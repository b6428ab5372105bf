// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add offer`.
struct AddOffer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer", abstract: "Capacity is offered to the holder of a right of first refusal.",
        discussion: """
            The response window is counted from a complete offer with its document. Another offer of the same name, on \
            improved terms, takes its place.
            """)

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The clause that gives the right.")
    var clause: String

    @Option(help: "The name that `capacity_offer` of deployments gives it.")
    var offer: String

    @Option(help: "What is offered, such as \"4.5 GW\".")
    var quantity: String

    @Option(help: ArgumentHelp("When the holder had it; now by default.", valueName: "instant"))
    var at: String?

    @Flag(help: "Something that must be offered is still missing; no clock runs.")
    var incomplete = false

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .offer(
                OfferOrder(
                    agreement: agreement, clause: clause, offer: offer, quantity: quantity,
                    at: at ?? RecordingOptions.now, isComplete: !incomplete)))
    }
}
