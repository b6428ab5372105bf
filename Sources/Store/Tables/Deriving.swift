// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import GRDB
internal import Records

/// One transaction's work on the derived tables.
struct Deriving {
    let database: Database
    /// How many entries were taken in.
    var taken: UInt64 = 0
    private var counts: [TableStore.Tally: Int64] = [:]
    private var settings: [TableStore.Tally: Int64] = [:]

    init(database: Database) {
        self.database = database
    }

    mutating func take(_ bytes: [UInt8], at index: UInt64) throws {
        taken += 1
        let entry: Entry
        do throws(Records.RecordError) {
            entry = try Entry(bytes)
        } catch {
            throw TableError(.entry, "Entry \(index) of the log can't be read: \(error.message)", cause: error)
        }
        settings[.lastInstant] = max(settings[.lastInstant] ?? 0, entry.at.nanoseconds)
        switch entry {
        case .started(let entry):
            settings[.boot] = Int64(entry.boot)
            try fact(entry.revision, index: index, kept: nil)
            // A new start forgets the windows.
            try database.execute(
                sql: "UPDATE windows SET closed = ? WHERE closed IS NULL", arguments: [entry.at.nanoseconds])
        case .adopted(let entry): try fact(entry.revision, index: index, kept: bytes)
        case .configured(let entry): try fact(entry.revision, index: index, kept: bytes)
        case .recorded(let entry): try fact(entry.revision, index: index, kept: bytes)
        case .laneRefused(let entry):
            try fact(entry.revision, index: index, kept: nil)
            try refused(entry)
        case .laneRecovered(let entry):
            try fact(entry.revision, index: index, kept: nil)
            try recovered(entry)
        case .decision(let entry): try decision(entry, index: index)
        case .placement(let entry): try placement(entry, index: index)
        case .refusal(let entry): try refusal(entry, index: index)
        case .progress(let entry):
            counts[.progressMarks, default: 0] += 1
            try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                Int64(entry.request.boot), Int64(entry.request.counter), entry.cloud, entry.deployment,
                Int64(entry.events), Int64(entry.bytes),
            ])
        case .gap: counts[.gaps, default: 0] += 1
        case .object, .clockStep, .closed: break
        }
    }

    mutating func finish(nextIndex: Int64) throws {
        settings[.nextIndex] = nextIndex
        for (tally, value) in settings {
            try database.execute(
                sql: "INSERT INTO tallies VALUES (?, ?) "
                    + "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
                arguments: [tally.rawValue, value])
        }
        for (tally, value) in counts {
            try database.execute(
                sql: "INSERT INTO tallies VALUES (?, ?) "
                    + "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
                arguments: [tally.rawValue, value])
        }
    }

    private mutating func fact(_ revision: UInt64, index: UInt64, kept bytes: [UInt8]?) throws {
        settings[.revision] = Int64(revision)
        guard let bytes else { return }
        try database.execute(
            sql: "INSERT OR REPLACE INTO facts VALUES (?, ?, ?)",
            arguments: [Int64(revision), Int64(index), Data(bytes)])
    }

    private func refused(_ entry: LaneRefusedEntry) throws {
        let lane = entry.refusal.lane
        let arguments: StatementArguments = [lane.cloud, lane.account, lane.region, lane.model, lane.lane.name]
        try database.execute(
            sql: """
                UPDATE windows SET signals = signals + 1, successes = 0 WHERE closed IS NULL
                AND cloud = ? AND account = ? AND region = ? AND model = ? AND lane = ?
                """, arguments: arguments)
        guard database.changesCount == 0 else { return }
        try database.execute(
            sql: "INSERT INTO windows VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, NULL)",
            arguments: [Int64(entry.revision)] + arguments + [entry.at.nanoseconds])
    }

    private func recovered(_ entry: LaneRecoveredEntry) throws {
        let lane = entry.success.lane
        try database.execute(
            sql: """
                UPDATE windows SET successes = successes + 1,
                    closed = CASE WHEN successes + 1 >= ? THEN ? ELSE NULL END
                WHERE closed IS NULL AND cloud = ? AND account = ? AND region = ? AND model = ? AND lane = ?
                """,
            arguments: [
                entry.success.required, entry.at.nanoseconds, lane.cloud, lane.account, lane.region, lane.model,
                lane.lane.name,
            ])
    }

    private mutating func decision(_ entry: DecisionEntry, index: UInt64) throws {
        guard !entry.isObserved else { return }
        if entry.number == 0 { counts[.accepted, default: 0] += 1 }
        try database.cachedStatement(
            sql: """
                INSERT INTO requests (boot, counter, log, admitted, first_decision, last_decision, decisions, model,
                    product, prompt_bytes)
                VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
                ON CONFLICT (boot, counter) DO UPDATE SET
                    last_decision = excluded.last_decision, decisions = decisions + 1
                """
        ).execute(arguments: [
            Int64(entry.request.boot), Int64(entry.request.counter), entry.request.log, entry.at.nanoseconds,
            Int64(index), Int64(index), entry.workload[.model], entry.workload[.product], Int64(entry.promptBytes),
        ])
    }

    private mutating func placement(_ entry: PlacementEntry, index: UInt64) throws {
        counts[.placements, default: 0] += 1
        if entry.isSpill { counts[.spills, default: 0] += 1 }
        if entry.ground == "departure" { counts[.departures, default: 0] += 1 }
        let last = entry.attempts.last
        try end(
            entry.request, at: entry.at, index: index, outcome: entry.outcome.name, cloud: last?.cloud ?? "",
            deployment: last?.deployment ?? "", ground: entry.ground, clause: entry.clause, isSpill: entry.isSpill,
            attempts: entry.attempts.count, usage: entry.usage, status: entry.status)
    }

    private mutating func refusal(_ entry: RefusalEntry, index: UInt64) throws {
        counts[.refusals, default: 0] += 1
        try end(
            entry.request, at: entry.at, index: index, outcome: "refused", cloud: "", deployment: "",
            ground: entry.reason, clause: entry.clauses.joined(separator: ", "), isSpill: false, attempts: 0,
            usage: TokenUsage(), status: entry.status)
    }

    private func end(
        _ request: RequestID, at: Instant, index: UInt64, outcome: String, cloud: String, deployment: String,
        ground: String, clause: String, isSpill: Bool, attempts: Int, usage: TokenUsage, status: UInt16
    ) throws {
        let key: [Int64] = [Int64(request.boot), Int64(request.counter)]
        try database.cachedStatement(
            sql: """
                UPDATE requests SET ended = ?, end_index = ?, outcome = ?, cloud = ?, deployment = ?, ground = ?,
                    clause = ?, is_spill = ?, attempts = ?, basis = ?, prompt_tokens = ?, completion_tokens = ?,
                    status = ? WHERE boot = ? AND counter = ?
                """
        ).execute(arguments: [
            at.nanoseconds, Int64(index), outcome, cloud, deployment, ground, clause, isSpill, attempts,
            usage.basis.name, Int64(clamping: usage.prompt), Int64(clamping: usage.completion), Int64(status), key[0],
            key[1],
        ])
        try database.cachedStatement(sql: "DELETE FROM progress WHERE boot = ? AND counter = ?")
            .execute(arguments: [key[0], key[1]])
        try database.cachedStatement(
            sql: """
                INSERT INTO usage_hourly
                SELECT ? - ? % 3600000000000, ?, coalesce((SELECT model FROM requests WHERE boot = ? AND counter = ?), ''),
                    ?, ?, ?, 1, ?, ?, ?, ?
                WHERE true
                ON CONFLICT DO UPDATE SET requests = requests + 1,
                    prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                    completion_tokens = completion_tokens + excluded.completion_tokens,
                    cached_tokens = cached_tokens + excluded.cached_tokens,
                    reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens
                """
        ).execute(arguments: [
            at.nanoseconds, at.nanoseconds, cloud, key[0], key[1], ground, outcome, usage.basis.name,
            Int64(clamping: usage.prompt), Int64(clamping: usage.completion), Int64(clamping: usage.cached),
            Int64(clamping: usage.reasoning),
        ])
    }
}
