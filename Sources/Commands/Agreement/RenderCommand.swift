// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Gateway
internal import Service

/// `concordat render`.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print an agreement's consolidated text as it is in force on a day.",
        discussion: """
            Each clause with what it means in plain words, the paper's words and their source, every field with its \
            value or default, its period, and which instrument did what to it. As HTML it prints well; as YAML it reads \
            back to the same terms.
            """)

    /// The forms.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case markdown, html, yaml
    }

    @Argument(help: ArgumentHelp("The agreement.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The day or instant; now by default.", valueName: "day"))
    var at: String?

    @Option(help: "markdown, html or yaml.")
    var format = Format.markdown

    func run() throws {
        let members = try AgreementFiles.readSound([file])
        let zone = InstantText.zone(of: members.map(\.document))
        let instant =
            try at.map { try InstantText.read($0, "at", in: zone) }
            ?? Instant(nanoseconds: GatewayClock.systemNanoseconds())
        for member in members {
            if format == .yaml {
                guard let text = ConsolidatedYAML.text(of: member, at: instant) else {
                    throw ServiceError(
                        .refused,
                        "No clause of \(member.document.id) is in force at \(instant); name a later day with --at.")
                }
                print(text, terminator: "")
                continue
            }
            let text = ConsolidatedText(of: member, at: instant) { $0.words(in: member.document) }
            print(format == .html ? text.html : text.markdown, terminator: "")
        }
    }
}
