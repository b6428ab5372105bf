// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation
internal import GRDB
package import Records

/// A request as the derived tables know it.
package struct RequestRow: Sendable, Equatable {
    package var id: RequestID
    package var admitted: Instant
    /// The indexes of its first and last decision in the log.
    package var firstDecision: UInt64
    package var lastDecision: UInt64
    package var model: String
    package var product: String
    package var promptBytes: UInt64
    /// `nil` while it is in flight.
    package var end: End?

    /// How a request ended.
    package struct End: Sendable, Equatable {
        package var at: Instant
        /// The index of the placement or refusal in the log.
        package var index: UInt64
        /// `served`, `failed`, `cancelled`, `interrupted` or `refused`.
        package var outcome: String
        package var cloud: String
        package var deployment: String
        /// `primary`, a ground, `departure`, or the reason of a refusal.
        package var ground: String
        package var clause: String
        package var isSpill: Bool
        package var promptTokens: UInt64
        package var completionTokens: UInt64
        package var basis: String
        package var status: UInt16
    }
}

/// One line of the hourly sums.
package struct UsageRow: Sendable, Equatable {
    package var cloud: String
    package var model: String
    package var ground: String
    package var outcome: String
    package var basis: String
    package var requests: UInt64
    package var promptTokens: UInt64
    package var completionTokens: UInt64
}

/// A time in which a lane lacked capacity.
package struct WindowRow: Sendable, Equatable {
    package var openedBy: UInt64
    package var lane: String
    package var opened: Instant
    package var signals: UInt64
    package var closed: Instant?
}

/// What a start needs to go on from.
package struct ResumePoint: Sendable, Equatable {
    package var nextIndex: UInt64
    package var revision: UInt64
    package var boot: UInt64
    package var lastInstant: Instant
}

/// What the tables count.
package struct LedgerTally: Sendable, Equatable {
    package var accepted: UInt64
    package var placements: UInt64
    package var refusals: UInt64
    package var spills: UInt64
    package var departures: UInt64
    package var gaps: UInt64
}

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
    package func openRequests() throws(TableError) -> [(request: RequestRow, progress: (cloud: String, deployment: String, events: UInt64)?)] {
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

    /// A request by its identifier.
    package func request(_ id: RequestID) throws(TableError) -> RequestRow? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM requests WHERE boot = ? AND counter = ? AND log = ?",
                arguments: [Int64(id.boot), Int64(id.counter), id.log]
            ).map { RequestRow($0) }
        }
    }

    /// The newest requests first.
    ///
    /// - Parameters:
    ///   - spillsOnly: only placements off the primary.
    ///   - outcome: only requests that ended so.
    ///   - limit: how many at most.
    package func requests(spillsOnly: Bool, outcome: String?, limit: Int) throws(TableError) -> [RequestRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM requests WHERE (? = 0 OR is_spill = 1) AND (? IS NULL OR outcome = ?)
                    ORDER BY admitted DESC, boot DESC, counter DESC LIMIT ?
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

extension RequestRow {
    fileprivate init(_ row: Row) {
        func number(_ name: String) -> UInt64 { UInt64((row[name] as Int64?) ?? 0) }
        func text(_ name: String) -> String { (row[name] as String?) ?? "" }
        self.init(
            id: RequestID(log: row["log"], boot: number("boot"), counter: number("counter")),
            admitted: Instant(nanoseconds: row["admitted"]), firstDecision: number("first_decision"),
            lastDecision: number("last_decision"), model: row["model"], product: row["product"],
            promptBytes: number("prompt_bytes"), end: nil)
        guard let index = row["end_index"] as Int64? else { return }
        end = End(
            at: Instant(nanoseconds: row["ended"]), index: UInt64(index), outcome: text("outcome"),
            cloud: text("cloud"), deployment: text("deployment"), ground: text("ground"), clause: text("clause"),
            isSpill: (row["is_spill"] as Int64) == 1, promptTokens: number("prompt_tokens"),
            completionTokens: number("completion_tokens"), basis: text("basis"),
            status: UInt16(clamping: number("status")))
    }
}
