// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import GRDB
package import Records

extension TableStore {
    /// Where the log stands by the tables.
    package func resumePoint() throws(TableError) -> ResumePoint {
        try read { database in
            ResumePoint(
                nextIndex: UInt64(try Self.tally(.nextIndex, database)),
                revision: UInt64(try Self.tally(.revision, database)), boot: UInt64(try Self.tally(.boot, database)),
                lastInstant: Instant(nanoseconds: try Self.tally(.lastInstant, database)))
        }
    }

    /// The counts of all requests.
    package func tally() throws(TableError) -> LedgerTally {
        try read { database in
            func count(_ tally: Tally) throws -> UInt64 { UInt64(try Self.tally(tally, database)) }
            return LedgerTally(
                accepted: try count(.accepted), placements: try count(.placements), refusals: try count(.refusals),
                spills: try count(.spills), departures: try count(.departures), gaps: try count(.gaps))
        }
    }

    /// The entries of the facts that still matter, in order: adoptions, configurations and people's evidence.
    package func standingFacts() throws(TableError) -> [[UInt8]] {
        try read { database in
            try Data.fetchAll(database, sql: "SELECT entry FROM facts ORDER BY revision").map { Array($0) }
        }
    }

    /// Requests that have no end, with how far their streams had come.
    package func openRequests() throws(TableError)
        -> [(request: RequestRow, progress: (cloud: String, deployment: String, events: UInt64)?)]
    {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT requests.*, progress.cloud AS p_cloud, progress.deployment AS p_deployment,
                        progress.events AS p_events
                    FROM requests LEFT JOIN progress USING (boot, counter)
                    WHERE end_index IS NULL ORDER BY boot, counter
                    """
            ).map { row in
                let cloud: String? = row["p_cloud"]
                return (
                    RequestRow(row),
                    cloud.map { ($0, row["p_deployment"], UInt64(row["p_events"] as Int64)) }
                )
            }
        }
    }

    /// Where in the log the entries of a request can be, in order; the log goes on behind ``nextIndex()``.
    package func spans(of id: RequestID) throws(TableError) -> [Range<UInt64>] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT block FROM spans WHERE boot = ? AND counter_min <= ? AND counter_max >= ? ORDER BY block
                    """, arguments: [Int64(id.boot), Int64(id.counter), Int64(id.counter)]
            ).map { row in
                let first = UInt64(row["block"] as Int64) * TableSchema.spanEntries
                return first..<first + TableSchema.spanEntries
            }
        }
    }

    /// The newest requests first that left the primary, did not end as served, or are in flight.
    ///
    /// - Parameters:
    ///   - spillsOnly: only placements off the primary.
    ///   - outcome: only requests that ended so.
    ///   - limit: how many at most.
    /// - Returns: the rows of the requests.
    /// - Throws: `access` where the tables can't be read.
    package func notableRequests(
        spillsOnly: Bool, outcome: String?, limit: Int
    ) throws(TableError) -> [RequestRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM requests WHERE (? = 0 OR is_spill = 1) AND (? IS NULL OR outcome = ?)
                    ORDER BY boot DESC, counter DESC LIMIT ?
                    """, arguments: [spillsOnly ? 1 : 0, outcome, outcome, limit]
            ).map { RequestRow($0) }
        }
    }

    /// The sums by cloud, model, ground, outcome and basis.
    package func usage() throws(TableError) -> [UsageRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT cloud, model, ground, outcome, basis, sum(requests) AS requests,
                        sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens
                    FROM usage_hourly GROUP BY cloud, model, ground, outcome, basis
                    ORDER BY cloud, model, ground, outcome, basis
                    """
            ).map { row in
                UsageRow(
                    cloud: row["cloud"], model: row["model"], ground: row["ground"], outcome: row["outcome"],
                    basis: row["basis"], requests: UInt64(row["requests"] as Int64),
                    promptTokens: UInt64(row["prompt_tokens"] as Int64),
                    completionTokens: UInt64(row["completion_tokens"] as Int64))
            }
        }
    }

    /// The windows, newest first.
    package func windows(limit: Int) throws(TableError) -> [WindowRow] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM windows ORDER BY opened_by DESC LIMIT ?", arguments: [limit]
            ).map { row in
                let parts: [String] = [row["cloud"], row["account"], row["region"], row["model"], row["lane"]]
                return WindowRow(
                    openedBy: UInt64(row["opened_by"] as Int64), lane: parts.joined(separator: " "),
                    opened: Instant(nanoseconds: row["opened"]), signals: UInt64(row["signals"] as Int64),
                    closed: (row["closed"] as Int64?).map { Instant(nanoseconds: $0) })
            }
        }
    }

    /// All derived rows as text, by table: equal texts mean equal tables.
    package func derivedDump() throws(TableError) -> [String: [String]] {
        try read { database in
            var dump: [String: [String]] = [:]
            for table in TableSchema.derived {
                dump[table] = try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\($0)" }.sorted()
            }
            return dump
        }
    }
}
