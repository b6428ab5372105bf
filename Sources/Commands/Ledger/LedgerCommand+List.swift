// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Records
internal import Service
internal import Store

extension LedgerCommand {
    /// `concordat ledger list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List requests, newest first.")

        @Flag(help: "Only placements off the primary.")
        var spills = false

        @Option(help: "Only requests that ended so: served, failed, cancelled, interrupted or refused.")
        var outcome: String?

        @Option(help: "How many at most.")
        var limit = 20

        @Flag(help: "List capacity windows instead.")
        var windows = false

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        private struct Line: Encodable {
            var decision: String
            var at: String
            var model: String
            var product: String
            var outcome: String
            var cloud: String
            var ground: String
            var clause: String
            var promptTokens: UInt64
            var completionTokens: UInt64
            var basis: String
            var status: UInt16
            var migration: String
        }

        private struct WindowLine: Encodable {
            var evidence: UInt64
            var lane: String
            var opened: String
            var closed: String?
            var signals: UInt64
        }

        func run() throws {
            guard (1...100_000).contains(limit) else {
                throw ServiceError(.usage, "--limit is 1 to 100000, not \(limit).")
            }
            let outcomes = ["served", "failed", "cancelled", "interrupted", "refused"]
            if let outcome, !outcomes.contains(outcome) {
                throw ServiceError(.usage, "There is no outcome '\(outcome)'; use \(outcomes.joined(separator: ", ")).")
            }
            if windows { return try listWindows() }
            let rows = try FolderReading(folder: data.folder)
                .requests(spillsOnly: spills, outcome: outcome, limit: limit)
            let lines = rows.map { row in
                Line(
                    decision: row.id.description, at: row.admitted.description, model: row.model,
                    product: row.product, outcome: row.end?.outcome ?? "in flight", cloud: row.end?.cloud ?? "",
                    ground: row.end?.ground ?? "", clause: row.end?.clause ?? "",
                    promptTokens: row.end?.promptTokens ?? 0,
                    completionTokens: row.end?.completionTokens ?? 0, basis: row.end?.basis ?? "none",
                    status: row.end?.status ?? 0, migration: row.end?.migration ?? "")
            }
            if json.isOn { return try Output.json(lines) }
            // Without migrations the column would be empty.
            let hasMigrations = lines.contains { !$0.migration.isEmpty }
            Output.table(
                ["decision", "at", "model", "outcome", "cloud", "ground", "clause", "tokens"]
                    + (hasMigrations ? ["migration"] : []),
                lines.map {
                    [
                        $0.decision, $0.at, $0.model, $0.outcome, $0.cloud, $0.ground, $0.clause,
                        "\($0.promptTokens)+\($0.completionTokens)\($0.basis == "estimated" ? " est." : "")",
                    ] + (hasMigrations ? [$0.migration] : [])
                })
        }

        private func listWindows() throws {
            let lines = try FolderReading(folder: data.folder).tables { tables throws(TableError) in
                try tables.windows(limit: limit)
            }.map {
                WindowLine(
                    evidence: $0.openedBy, lane: $0.lane, opened: $0.opened.description, closed: $0.closed?.description,
                    signals: $0.signals)
            }
            if json.isOn { return try Output.json(lines) }
            Output.table(
                ["evidence", "lane", "opened", "closed", "signals"],
                lines.map { ["\($0.evidence)", $0.lane, $0.opened, $0.closed ?? "open", "\($0.signals)"] })
        }
    }
}
