// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import GRDB
internal import Records

/// One transaction's work on the derived tables.
struct Deriving {
    let database: Database
    private let keyNames: KeyNames?
    /// How many entries were taken in.
    var taken: UInt64 = 0
    private var counts: [TableStore.Tally: Int64] = [:]
    private var settings: [TableStore.Tally: Int64] = [:]
    /// Nanoseconds since 1970.
    private var lastInstant: Int64 = 0
    /// Requests that began in this transaction and have no row yet.
    private var begun: [RequestNumber: BegunRequest] = [:]
    /// The smallest and the largest request number of each start in the span at hand.
    private var counters: [UInt64: ClosedRange<UInt64>] = [:]
    private var block: UInt64 = 0
    /// Sums that are written when the transaction ends.
    private var sums = UsageSums()

    init(database: Database, keyNames: KeyNames?) {
        self.database = database
        self.keyNames = keyNames
    }

    mutating func take(_ bytes: Span<UInt8>, at index: UInt64) throws {
        taken += 1
        let brief: EntryBrief
        do throws(Records.RecordError) {
            brief = try EntryBrief(bytes)
        } catch {
            throw Self.unreadable(index, error)
        }
        switch brief {
        case .decision(let entry):
            note(entry.now)
            try decision(entry, index: index)
        case .placement(let entry):
            note(entry.at)
            try placement(entry, index: index)
        case .other:
            try takeOther(unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }, at: index)
        }
    }

    private static func unreadable(_ index: UInt64, _ error: Records.RecordError) -> TableError {
        TableError(.entry, "Entry \(index) of the log can't be read: \(error.message)", cause: error)
    }

    /// The tables know the log's last instant.
    private mutating func note(_ at: Instant) {
        lastInstant = max(lastInstant, at.nanoseconds)
    }

    private mutating func takeOther(_ bytes: [UInt8], at index: UInt64) throws {
        let entry: Entry
        do throws(Records.RecordError) {
            entry = try Entry(bytes)
        } catch {
            throw Self.unreadable(index, error)
        }
        note(entry.at)
        switch entry {
        case .started(let entry):
            settings[.boot] = Int64(clamping: entry.boot)
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
        case .decision, .placement: preconditionFailure("these are read in brief")
        case .refusal(let entry): try refusal(entry, index: index)
        case .progress(let entry):
            try span(entry.request, at: index)
            counts[.progressMarks, default: 0] += 1
            try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                Int64(clamping: entry.request.boot), Int64(clamping: entry.request.counter), entry.cloud,
                entry.deployment,
                Int64(clamping: entry.events), Int64(clamping: entry.bytes),
            ])
        case .gap: counts[.gaps, default: 0] += 1
        case .object, .clockStep, .closed: break
        }
    }

    mutating func finish(nextIndex: Int64) throws {
        try flushRequests()
        try flushSpan()
        settings[.nextIndex] = nextIndex
        settings[.lastInstant] = lastInstant
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
        settings[.revision] = Int64(clamping: revision)
        guard let bytes else { return }
        try database.execute(
            sql: "INSERT OR REPLACE INTO facts VALUES (?, ?, ?)",
            arguments: [Int64(clamping: revision), Int64(clamping: index), Data(bytes)])
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
            arguments: [Int64(clamping: entry.revision)] + arguments + [entry.at.nanoseconds])
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

    // MARK: Requests

    /// Remembers that an entry is about a request.
    private mutating func span(_ request: RequestID, at index: UInt64) throws {
        if index / TableSchema.spanEntries != block {
            try flushSpan()
            block = index / TableSchema.spanEntries
        }
        guard let known = counters[request.boot] else {
            counters[request.boot] = request.counter...request.counter
            return
        }
        guard !known.contains(request.counter) else { return }
        counters[request.boot] = min(known.lowerBound, request.counter)...max(known.upperBound, request.counter)
    }

    private mutating func flushSpan() throws {
        for (boot, range) in counters {
            try database.cachedStatement(
                sql: """
                    INSERT INTO spans VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
                        counter_min = min(counter_min, excluded.counter_min),
                        counter_max = max(counter_max, excluded.counter_max)
                    """
            ).execute(arguments: [
                Int64(clamping: block), Int64(clamping: boot), Int64(clamping: range.lowerBound),
                Int64(clamping: range.upperBound),
            ])
        }
        counters = [:]
    }

    private mutating func decision(_ entry: DecisionBrief, index: UInt64) throws {
        try span(entry.request, at: index)
        guard !entry.isObserved else { return }
        if entry.number == 0 {
            counts[.accepted, default: 0] += 1
            let key = try keyNames?.name(of: entry.keyCommitment, at: entry.at, in: database) ?? ""
            begun[RequestNumber(entry.request)] = BegunRequest(entry, index: index, key: key)
        } else if begun[RequestNumber(entry.request)] != nil {
            begun[RequestNumber(entry.request)]?.lastDecision = index
            begun[RequestNumber(entry.request)]?.decisions += 1
        } else {
            try database.cachedStatement(
                sql: "UPDATE requests SET last_decision = ?, decisions = decisions + 1 WHERE boot = ? AND counter = ?"
            ).execute(arguments: [
                Int64(clamping: index), Int64(clamping: entry.request.boot), Int64(clamping: entry.request.counter),
            ])
        }
    }

    private mutating func placement(_ entry: PlacementBrief, index: UInt64) throws {
        try span(entry.request, at: index)
        counts[.placements, default: 0] += 1
        if entry.isSpill { counts[.spills, default: 0] += 1 }
        if entry.ground == "departure" { counts[.departures, default: 0] += 1 }
        try end(
            entry.request, RequestRow.End(entry, index: index), attempts: entry.attempts, usage: entry.usage)
    }

    private mutating func refusal(_ entry: RefusalEntry, index: UInt64) throws {
        try span(entry.request, at: index)
        counts[.refusals, default: 0] += 1
        try end(entry.request, RequestRow.End(entry, index: index), attempts: 0, usage: TokenUsage())
    }

    private mutating func end(
        _ request: RequestID, _ end: RequestRow.End, attempts: Int, usage: TokenUsage
    ) throws {
        if let known = begun.removeValue(forKey: RequestNumber(request)) {
            // Most requests end in the transaction in which they began, and few are worth a row.
            sums.add(usage, of: known.key, model: known.model, end)
            if end.isNotable { try insert(known, end: end, attempts: attempts) }
        } else {
            let key: StatementArguments = [Int64(clamping: request.boot), Int64(clamping: request.counter)]
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT model, key FROM requests WHERE boot = ? AND counter = ?"),
                arguments: key)
            sums.add(usage, of: row?["key"] ?? "", model: row?["model"] ?? "", end)
            guard end.isNotable else {
                try database.cachedStatement(sql: "DELETE FROM requests WHERE boot = ? AND counter = ?")
                    .execute(arguments: key)
                return
            }
            try database.cachedStatement(
                sql: """
                    UPDATE requests SET ended = ?, end_index = ?, outcome = ?, cloud = ?, deployment = ?, ground = ?,
                        clause = ?, is_spill = ?, attempts = ?, basis = ?, prompt_tokens = ?, completion_tokens = ?,
                        status = ?, migration = ? WHERE boot = ? AND counter = ?
                    """
            ).execute(arguments: end.arguments(attempts: attempts) + key)
        }
    }

    private func insert(_ begun: BegunRequest, end: RequestRow.End?, attempts: Int) throws {
        let beginning: StatementArguments = [
            Int64(clamping: begun.id.boot), Int64(clamping: begun.id.counter), begun.id.log, begun.admitted,
            Int64(clamping: begun.firstDecision), Int64(clamping: begun.lastDecision), begun.decisions,
            begun.model, begun.product, begun.promptBytes,
        ]
        guard let end else {
            return try database.cachedStatement(
                sql: """
                    INSERT INTO requests (boot, counter, log, admitted, first_decision, last_decision, decisions,
                        model, product, prompt_bytes, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: beginning + [begun.key])
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO requests VALUES
                    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: beginning + end.arguments(attempts: attempts) + [begun.key])
    }

    /// Writes the requests that are still in flight and the sums.
    private mutating func flushRequests() throws {
        for known in begun.values.sorted(by: { $0.firstDecision < $1.firstDecision }) {
            try insert(known, end: nil, attempts: 0)
        }
        begun = [:]
        try sums.write(to: database)
        try database.execute(
            sql: """
                DELETE FROM progress WHERE EXISTS (SELECT 1 FROM requests WHERE requests.boot = progress.boot
                    AND requests.counter = progress.counter AND requests.end_index IS NOT NULL)
                """)
    }
}

/// A request's number in its log: what a request's identifier is beside the log's own digits, and quicker to look up.
private struct RequestNumber: Hashable {
    private let boot: UInt64
    private let counter: UInt64

    init(_ request: RequestID) {
        boot = request.boot
        counter = request.counter
    }
}

extension RequestRow.End {
    /// Whether somebody may want to list the request among the few that are not as usual.
    fileprivate var isNotable: Bool {
        isSpill || outcome != PlacementEntry.Outcome.served.name || ground == "departure"
    }

    /// The columns of `requests` from `ended` to `status`.
    fileprivate func arguments(attempts: Int) -> StatementArguments {
        [
            at.nanoseconds, Int64(clamping: index), outcome, cloud, deployment, ground, clause, isSpill, attempts,
            basis,
            Int64(clamping: promptTokens), Int64(clamping: completionTokens), Int64(status),
            migration.isEmpty ? nil : migration,
        ]
    }
}
