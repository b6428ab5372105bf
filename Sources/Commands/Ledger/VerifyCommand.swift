// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import Records
internal import Service
internal import Store

/// `concordat verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a ledger from its files alone.",
        discussion: """
            Reads every entry, its framing and its order, computes the Merkle root and compares it with the signed \
            checkpoint. With --decisions every recorded decision is made again from the ledger's own objects. \
            Exit code 1 when anything does not hold. Works beside a running gateway.
            """)

    @OptionGroup var data: DataOption

    @Flag(help: "Decide every recorded request again, and count in and out.")
    var decisions = false

    @Option(
        name: .customLong("checkpoint"),
        help: ArgumentHelp(
            "A checkpoint that was kept elsewhere and that the ledger must extend; may be repeated.",
            valueName: "file"))
    var checkpoints: [String] = []

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp("The verifier key that must have signed, instead of the folder's own.", valueName: "vkey"))
    var key: String?

    @OptionGroup var json: JSONOption

    private struct Result: Encodable {
        var intact: Bool
        var entries: UInt64
        var root: String
        var checkpointSize: UInt64?
        var entriesAfterCheckpoint: UInt64
        var findings: [String]
        var warnings: [String]
        var decisions: Counts?

        struct Counts: Encodable {
            var repeated: UInt64
            var accepted: UInt64
            var placements: UInt64
            var refusals: UInt64
            var spills: UInt64
            var departures: UInt64
            var open: UInt64
            var gaps: UInt64
            var differences: Int
        }
    }

    func run() throws {
        let kept = try checkpoints.map { file in
            guard let content = FileManager.default.contents(atPath: file) else {
                throw ServiceError(
                    .usage, "The checkpoint \(file) can't be read; see that it exists and its permissions.")
            }
            return String(decoding: content, as: UTF8.self)
        }
        let folder = try FolderReading(folder: data.folder).folder
        let audit = try LedgerAudit.run(
            folder: folder, verifierKey: key, earlierCheckpoints: kept, decisions: decisions)
        let result = Result(
            intact: audit.isIntact, entries: audit.log.entries, root: audit.log.root.hex,
            checkpointSize: audit.log.checkpoint?.size, entriesAfterCheckpoint: audit.log.entriesAfterCheckpoint,
            findings: audit.log.findings.filter { $0.severity == .damage }.map(\.description)
                + (audit.decisions?.findings ?? []).map { "entry \($0.index): \($0.message)" },
            warnings: audit.log.findings.filter { $0.severity == .warning }.map(\.description),
            decisions: audit.decisions.map { decisions in
                Result.Counts(
                    repeated: decisions.tally.decisions, accepted: decisions.tally.accepted,
                    placements: decisions.tally.placements, refusals: decisions.tally.refusals,
                    spills: decisions.tally.spills, departures: decisions.tally.departures, open: decisions.tally.open,
                    gaps: decisions.tally.gaps, differences: decisions.findingCount)
            })
        if json.isOn { try Output.json(result) } else { show(result) }
        if !result.intact { throw ExitCode(1) }
    }

    private func show(_ result: Result) {
        print("entries      \(result.entries)")
        print("root         \(result.root)")
        if let size = result.checkpointSize {
            let rest =
                result.entries < size
                ? "only \(result.entries) of them are here" : "\(result.entriesAfterCheckpoint) came after it"
            print("checkpoint   signed over \(size) entries; \(rest)")
        } else {
            print("checkpoint   none")
        }
        if let counts = result.decisions {
            print("decisions    \(counts.repeated) made again, \(counts.differences) differences")
            print(
                "requests     \(counts.accepted) accepted = \(counts.placements) placements + "
                    + "\(counts.refusals) refusals + \(counts.open) open")
            print("spills       \(counts.spills), departures \(counts.departures), gaps \(counts.gaps)")
        }
        for warning in result.warnings { print("warning: \(warning)") }
        for finding in result.findings { print("finding: \(finding)") }
        print(result.intact ? "The ledger is intact." : "The ledger is NOT intact.")
    }
}
