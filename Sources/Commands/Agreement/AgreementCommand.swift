// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Records
internal import Service

/// `concordat agreement`.
struct AgreementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Adopt agreements and list the adopted ones.",
        subcommands: [Adopt.self, List.self])

    /// `concordat agreement adopt`.
    struct Adopt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adopt the instruments of agreement files.",
            discussion: """
                An instrument is adopted once: its text is fixed in the ledger, and changes are made by amendments. \
                With a gateway running on the data folder it takes effect within a second.
                """)

        @Argument(help: ArgumentHelp("Agreement files.", valueName: "file"))
        var files: [String]

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            var texts: [ControlOrder.AgreementText] = []
            for file in files {
                guard let content = FileManager.default.contents(atPath: file) else {
                    throw ServiceError(.usage, "\(file) can't be read; see that it exists and its permissions.")
                }
                let reading = AgreementReader.read(bytes: Array(content), file: file)
                guard reading.document != nil else {
                    for diagnostic in reading.diagnostics { Output.note(diagnostic.rendered) }
                    throw ExitCode(1)
                }
                texts.append(ControlOrder.AgreementText(file: file, content: content))
            }
            guard case .adopted(let lines) = try await ControlClient.give(.adopt(texts), folder: data.folder) else {
                throw ServiceError(.failed, "The gateway answered something else.")
            }
            if json.isOn { return try Output.json(lines) }
            for line in lines {
                print("\(line.agreement)/\(line.instrument): \(line.isNew ? "adopted" : "was adopted before")")
            }
        }
    }

    /// `concordat agreement list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the adopted instruments.")

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        private struct Line: Encodable {
            var agreement: String
            var instrument: String
            var kind: String
            var signed: String
            var effective: String
            var recorded: String
        }

        func run() throws {
            let replay = try FolderReading(folder: data.folder).facts()
            var lines: [Line] = []
            for (id, document) in replay.facts.agreements.sorted(by: { $0.key < $1.key }) {
                for (instrument, _, recorded) in replay.adopted[id]?.instruments ?? [] {
                    guard let read = document.instruments.first(where: { $0.id == instrument }) else { continue }
                    lines.append(
                        Line(
                            agreement: id, instrument: instrument, kind: read.kind.rawValue,
                            signed: read.signed.description, effective: read.effective.description,
                            recorded: recorded.description))
                }
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print("No agreement is adopted; `concordat agreement adopt FILE` adopts one.") }
            Output.table(
                ["agreement", "instrument", "kind", "effective", "recorded"],
                lines.map { [$0.agreement, $0.instrument, $0.kind, $0.effective, $0.recorded] })
        }
    }
}
