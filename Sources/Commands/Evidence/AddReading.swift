// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add reading`.
struct AddReading: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading", abstract: "A meter was read.")

    @Option(help: "The meter, as a limit clause names it.")
    var meter: String

    @Option(help: "What it showed, such as \"1e26 FLOP\", in the unit of the clause.")
    var value: String

    @Option(help: ArgumentHelp("When it was read; now by default.", valueName: "instant"))
    var at: String?

    @Option(help: ArgumentHelp("Until when the reading may be relied on.", valueName: "instant"))
    var until: String

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .meterReading(
                MeterReadingOrder(meter: meter, value: value, at: at ?? RecordingOptions.now, until: until)))
    }
}
