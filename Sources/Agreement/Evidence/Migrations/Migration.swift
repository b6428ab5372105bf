// SPDX-License-Identifier: Apache-2.0

/// A standing move of a workload off its primary cloud: `open`, in percent steps, and `closed` in the end.
package struct Migration: Sendable, Equatable {
    /// What part of the workload moves from an instant on.
    package struct Share: Sendable, Equatable {
        package var from: Instant
        package var percent: Int
    }

    package let id: String
    package let opening: MigrationReport.Opening
    /// The number of the evidence that opened it.
    package let openedBy: UInt64
    /// The steps, each later than the one before.
    package private(set) var shares: [Share]
    /// When it was closed; `nil` while it runs.
    package private(set) var closed: Instant?

    /// Opens a migration, where the report is an opening and makes sense.
    ///
    /// - Parameters:
    ///   - report: the first word of it.
    ///   - recorded: when that was recorded; nothing acts before.
    ///   - evidence: the number of the record.
    /// - Throws: what of the report makes no sense, and what to do instead.
    package init(_ report: MigrationReport, recorded: Instant, evidence: UInt64) throws(EvidenceError) {
        guard case .opened(let opening) = report.step else {
            throw EvidenceError(
                .state,
                "The migration \(report.migration) is not open; open it first, with its clouds, ground and conditions.")
        }
        guard opening.from != opening.to else {
            throw EvidenceError(
                .value,
                "The migration \(report.migration) leads from \(opening.from) to itself; name two different clouds.")
        }
        guard !opening.conditionsOfReturn.isEmpty else {
            throw EvidenceError(
                .missing,
                "The migration \(report.migration) has no condition of return; say when the workload comes back.")
        }
        id = report.migration
        self.opening = opening
        openedBy = evidence
        shares = [
            Share(
                from: max(report.effective, recorded), percent: try Self.checked(opening.percent, of: report.migration))
        ]
    }

    /// Takes in the next report of the migration.
    package mutating func take(_ report: MigrationReport, recorded: Instant) throws(EvidenceError) {
        if let closed {
            throw EvidenceError(
                .state, "The migration \(id) was closed at \(closed); open another one under another name.")
        }
        let acting = max(report.effective, recorded)
        let last = shares.last?.from ?? .distantPast
        guard acting > last else {
            throw EvidenceError(
                .order,
                "The step takes effect at \(acting), not after the last one of the migration \(id) at \(last); "
                    + "give a later instant.")
        }
        switch report.step {
        case .opened:
            throw EvidenceError(
                .state,
                "The migration \(id) is already open; change its percentage, or open another one under another name.")
        case .moved(let percent):
            // A step back may go all the way and leave the migration open.
            if percent == 0 {
                shares.append(Share(from: acting, percent: 0))
            } else {
                shares.append(Share(from: acting, percent: try Self.checked(percent, of: id)))
            }
        case .closed:
            closed = acting
        }
    }

    /// What part of the workload moves at an instant, in percent: 0 before the opening and from the closing on.
    package func percent(at instant: Instant) -> Int {
        if let closed, closed <= instant { return 0 }
        return shares.last { $0.from <= instant }?.percent ?? 0
    }

    private static func checked(_ percent: Int, of id: String) throws(EvidenceError) -> Int {
        guard (1...100).contains(percent) else {
            throw EvidenceError(
                .value,
                "The migration \(id) can't move \(percent) percent; give 1 to 100, or close it to move nothing.")
        }
        return percent
    }
}
