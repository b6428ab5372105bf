// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add event`.
struct AddEvent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "An event of an agreement happened, was verified, challenged or reversed.",
        discussion:
            "It acts from the later of its effective instant and its recording. A challenge alone changes nothing.")

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The event, as the agreement declares it.")
    var event: String

    @Option(help: "declared, verified, challenged or reversed.")
    var step = "declared"

    @Option(help: ArgumentHelp("From when it takes effect; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .event(EventOrder(agreement: agreement, event: event, step: step, at: at ?? RecordingOptions.now)))
    }
}
