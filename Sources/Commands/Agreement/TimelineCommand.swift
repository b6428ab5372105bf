// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Gateway
internal import Service

/// `concordat timeline`.
struct TimelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show an agreement over time: its papers, its clauses, and what ends soon.",
        discussion: "With --summary: how often it was restructured, and what each paper changed.")

    /// How far ahead one may look, in days: a hundred years.
    private static let daysMax = 36_525

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The day or instant to look from; now by default.", valueName: "day"))
    var at: String?

    @Option(help: ArgumentHelp("Show what ends within so many days.", valueName: "days"))
    var within = 365

    @Flag(help: "Only count the restructurings and say what each changed.")
    var summary = false

    @OptionGroup var json: JSONOption

    func run() throws {
        guard (0...Self.daysMax).contains(within) else {
            throw ServiceError(.usage, "--within is 0 to \(Self.daysMax) days, not \(within).")
        }
        let members = try AgreementFiles.readSound([file])
        let zone = InstantText.zone(of: members.map(\.document))
        let instant =
            try at.map { try InstantText.read($0, "at", in: zone) }
            ?? Instant(nanoseconds: GatewayClock.systemNanoseconds())
        for member in members {
            let timeline = AgreementTimeline(of: member)
            if json.isOn {
                print(timeline.json)
            } else {
                print(
                    summary ? timeline.summary : timeline.rendered(at: instant, endingWithin: within), terminator: "")
            }
        }
    }
}
