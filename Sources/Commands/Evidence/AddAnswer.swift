// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add answer`.
struct AddAnswer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "An offer was accepted, declined or withdrawn.",
        discussion: "The holder of the right accepts and declines; who made the offer withdraws it.")

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The offer.")
    var offer: String

    @Option(help: "accepted, declined or withdrawn.")
    var answer: String

    @Option(help: "The part that is accepted; all of it by default.")
    var quantity: String?

    @Option(help: ArgumentHelp("When; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .offerAnswer(
                OfferAnswerOrder(
                    agreement: agreement, offer: offer, answer: answer, quantity: quantity,
                    at: at ?? RecordingOptions.now)))
    }
}
