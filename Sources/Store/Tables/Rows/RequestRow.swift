// SPDX-License-Identifier: Apache-2.0

package import Agreement
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
        /// The migration that moved it; empty where none did.
        package var migration: String
    }
}

extension RequestRow {
    /// Reads a row of the table.
    init(_ row: Row) {
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
            status: UInt16(clamping: number("status")), migration: text("migration"))
    }
}

extension RequestRow {
    /// A request that begins with a decision.
    package init(_ entry: DecisionBrief, index: UInt64) {
        self.init(
            id: entry.request, admitted: entry.at, firstDecision: index, lastDecision: index, model: entry.model,
            product: entry.product, promptBytes: entry.promptBytes, end: nil)
    }
}

extension RequestRow.End {
    /// The end that a placement is.
    package init(_ entry: PlacementBrief, index: UInt64) {
        self.init(
            at: entry.at, index: index, outcome: entry.outcome.name, cloud: entry.cloud, deployment: entry.deployment,
            ground: entry.ground, clause: entry.clause, isSpill: entry.isSpill, promptTokens: entry.usage.prompt,
            completionTokens: entry.usage.completion, basis: entry.usage.basis.name, status: entry.status,
            migration: entry.migration)
    }

    /// The end that a refusal is.
    package init(_ entry: RefusalEntry, index: UInt64) {
        self.init(
            at: entry.at, index: index, outcome: "refused", cloud: "", deployment: "", ground: entry.reason,
            clause: entry.clauses.joined(separator: ", "), isSpill: false, promptTokens: 0, completionTokens: 0,
            basis: TokenUsage().basis.name, status: entry.status, migration: "")
    }
}
