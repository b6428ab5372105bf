// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Records
internal import Service

extension AgreementCommand {
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
            guard !lines.isEmpty else {
                return print("No agreement is adopted; `concordat agreement adopt FILE` adopts one.")
            }
            Output.table(
                ["agreement", "instrument", "kind", "effective", "recorded"],
                lines.map { [$0.agreement, $0.instrument, $0.kind, $0.effective, $0.recorded] })
        }
    }
}
