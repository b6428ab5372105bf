// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Records
internal import Service

extension EvidenceCommand {
    /// `concordat evidence list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was recorded, with its provenance.",
            discussion: "--open shows what has no effect yet, because a recorder still has to attest to it.")

        @Option(help: ArgumentHelp("Only records of this kind, such as decline or offer-answer.", valueName: "kind"))
        var kind: String?

        @Flag(help: "Only records that wait for a recorder.")
        var open = false

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
            var attestedBy: [String]
            var recordersMissing: Int
            var isRevoked: Bool
            var stands: Bool
            var summary: String

            /// What keeps it from holding.
            var mark: String {
                if isRevoked { return " (revoked)" }
                guard recordersMissing > 0 else { return "" }
                return " (needs \(recordersMissing) more recorder\(recordersMissing == 1 ? "" : "s"))"
            }
        }

        func run() throws {
            let wanted = try wantedKind()
            let facts = try FolderReading(folder: data.folder).facts().facts
            let revoked = facts.revokedEvidence
            let standing = Set(facts.standingEvidence.map(\.revision))
            let lines = facts.people.filter { record in
                (wanted == nil || record.subject.kind == wanted)
                    && (!open || !record.attestation.isComplete && !revoked.contains(record.revision))
            }.map { record in
                Line(
                    number: record.revision, kind: record.kindName, recorded: record.recorded.description,
                    by: record.provenance.recordedBy, party: record.provenance.party,
                    second: record.provenance.secondedBy, document: record.provenance.documentName,
                    documentSHA256: record.provenance.documentSHA256.map(Self.hex),
                    attestedBy: record.attestation.recorders, recordersMissing: record.attestation.missing,
                    isRevoked: revoked.contains(record.revision), stands: standing.contains(record.revision),
                    summary: record.summary)
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print(nothing) }
            for line in lines {
                let attested = line.attestedBy.isEmpty ? "" : ", attested by \(line.attestedBy.joined(separator: ", "))"
                print("\(line.number)  \(line.kind)\(line.mark)  \(line.summary)\(attested)")
            }
        }

        private func wantedKind() throws -> PeopleEvidence.Kind? {
            guard let kind else { return nil }
            guard let wanted = PeopleEvidence.Kind.allCases.first(where: { $0.name == kind }) else {
                let names = PeopleEvidence.Kind.allCases.map(\.name).joined(separator: ", ")
                throw ServiceError(.usage, "There is no evidence of kind '\(kind)'; the kinds are \(names).")
            }
            return wanted
        }

        private var nothing: String {
            if open { return "Nothing waits for a recorder." }
            let what = kind.map { "Nothing of kind \($0)" } ?? "Nothing"
            return "\(what) is recorded; `concordat evidence add --help` says how."
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
