// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Service

/// `concordat diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two versions of an agreement: their words, and the requests that they decide differently.",
        discussion: """
            With two files, the terms of both at every time, or at --at. With one file, its terms at --at and at --to: \
            what changed between two days. Each class of requests that is decided differently is shown with what either \
            side says, under which evidence, and with a request that shows it.

            Exit code 0 where nothing differs, 1 where something does.
            """)

    @Argument(help: ArgumentHelp("The agreement to compare from.", valueName: "file"))
    var before: String

    @Argument(help: ArgumentHelp("The agreement to compare to; the same one where it is missing.", valueName: "file"))
    var after: String?

    @Option(
        help: ArgumentHelp("Look at the terms of this day or instant; of both files, without --to.", valueName: "day"))
    var at: String?

    @Option(help: ArgumentHelp("Look at the second side's terms of this day or instant.", valueName: "day"))
    var to: String?

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("An agreement that is in force on both sides; may be repeated.", valueName: "file"))
    var others: [String] = []

    @Flag(help: "Count drafts as if they were signed.")
    var drafts = false

    @OptionGroup var json: JSONOption

    func run() throws {
        guard after != nil || (at != nil && to != nil) else {
            throw ServiceError(
                .usage, "Name a second file to compare with, or two days of the one: --at DAY --to DAY.")
        }
        guard to == nil || at != nil else {
            throw ServiceError(.usage, "--to needs --at, the day on the first side.")
        }
        let difference = AgreementDifference(
            from: try version(before, at: at, "at"), to: try version(after ?? before, at: to ?? at, "to"))
        print(json.isOn ? difference.json : difference.rendered, terminator: json.isOn ? "\n" : "")
        let isSame = difference.redline.isEmpty && difference.decisions.isEmpty && difference.refused.isEmpty
        if !isSame { throw ExitCode(1) }
    }

    private func version(_ file: String, at instant: String?, _ option: String) throws -> AgreementVersion {
        let members = try AgreementFiles.readSound([file] + others)
        let zone = InstantText.zone(of: members.map(\.document))
        return AgreementVersion(
            name: file, members: members, at: try instant.map { try InstantText.read($0, option, in: zone) },
            drafts: drafts ? .all : .none)
    }
}
