// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Records
internal import Service

extension EvidenceCommand {
    /// `concordat evidence list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List what was recorded, with its provenance.")

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        private struct Line: Encodable {
            var number: UInt64
            var kind: String
            var recorded: String
            var by: String
            var party: String
            var second: String?
            var document: String?
            var documentSHA256: String?
            var stands: Bool
            var summary: String
        }

        func run() throws {
            let facts = try FolderReading(folder: data.folder).facts().facts
            let standing = Set(facts.standingEvidence.map(\.revision))
            let lines = facts.people.map { record in
                Line(
                    number: record.revision, kind: record.kindName, recorded: record.recorded.description,
                    by: record.provenance.recordedBy, party: record.provenance.party,
                    second: record.provenance.secondedBy, document: record.provenance.documentName,
                    documentSHA256: record.provenance.documentSHA256.map(Self.hex),
                    stands: standing.contains(record.revision), summary: record.summary)
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print("Nothing is recorded; `concordat evidence add --help` says how.") }
            for line in lines {
                let mark = line.stands || line.kind == "revocation" ? "" : " (revoked)"
                print("\(line.number)  \(line.kind)\(mark)  \(line.summary)")
            }
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
