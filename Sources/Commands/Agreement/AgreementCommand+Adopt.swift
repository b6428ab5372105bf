// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service

extension AgreementCommand {
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
}
