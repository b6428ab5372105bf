// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add notice`.
struct AddNotice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "A paper was served on a party; it changes no decision.")

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The clause under which it is served; the whole agreement by default.")
    var clause: String?

    @Option(name: .customLong("on"), help: ArgumentHelp("The party on which it is served.", valueName: "party"))
    var to: String

    @Option(help: "What it says, in a sentence.")
    var about: String

    @Option(help: ArgumentHelp("When it was served; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .notice(
                NoticeOrder(
                    agreement: agreement, clause: clause, to: to, served: at ?? RecordingOptions.now, about: about)))
    }
}
