// SPDX-License-Identifier: Apache-2.0

/// The clauses of an agreement over time: what each instrument added, replaced and ended, in one list of periods.
///
/// Periods are closed-open. Ended periods stay listed, so that a lapsed licence can be seen.
package struct Consolidation: Sendable {
    /// Every period, ordered by its beginning, then by the clause's identifier.
    package let periods: [ClausePeriod]
    /// Every instant at which something begins or ends, in order, each once.
    package let boundaries: [Instant]

    /// Consolidates an agreement.
    ///
    /// - Parameters:
    ///   - document: the agreement with all its instruments.
    ///   - events: what is known to have happened; a reversal reopens the periods that the event ended.
    ///   - includingDrafts: whether drafts count as if they were adopted.
    package init(_ document: AgreementDocument, events: [EventOccurrence] = [], includingDrafts: Bool = false) {
        var spans: [Span] = []
        var latest: [String: Int] = [:]
        for instrument in Self.ordered(document.instruments) where includingDrafts || !instrument.isDraft {
            for operation in instrument.operations {
                let id = operation.clauseID
                // New words that begin later than their instrument leave the old ones in force until then.
                let from = max(operation.clause?.from ?? instrument.effective, instrument.effective)
                if let index = latest[id], !operation.isAddition {
                    spans[index].to = min(spans[index].to, from)
                }
                guard let clause = operation.clause else { continue }
                latest[id] = spans.count
                spans.append(Span(clause: clause, instrument: instrument.id, from: from, to: .distantFuture))
            }
        }
        let periods = spans.flatMap { $0.periods(events: events) }.sorted {
            ($0.from, $0.clause.id, $0.to) < ($1.from, $1.clause.id, $1.to)
        }
        self.periods = periods
        let edges = Set(periods.flatMap { [$0.from, $0.to] }).subtracting([.distantPast, .distantFuture])
        boundaries = edges.sorted()
    }

    /// The clauses in force at an instant, in the order of ``periods``.
    package func clauses(at instant: Instant) -> [ClausePeriod] {
        periods.filter { $0.contains(instant) }
    }

    /// Until when the clauses in force at an instant stay the same; ``Instant/distantFuture`` where nothing follows.
    package func nextBoundary(after instant: Instant) -> Instant {
        boundaries.first { $0 > instant } ?? .distantFuture
    }

    /// Instruments in the order in which they act: by effect, then by precedence, then by identifier.
    static func ordered(_ instruments: [Instrument]) -> [Instrument] {
        instruments.sorted {
            ($0.effective, $0.precedence ?? 0, $0.id) < ($1.effective, $1.precedence ?? 0, $1.id)
        }
    }

    /// A clause between the instruments that gave and took it, before its own end is looked at.
    private struct Span {
        var clause: Clause
        var instrument: String
        var from: Instant
        var to: Instant

        func periods(events: [EventOccurrence]) -> [ClausePeriod] {
            guard from < to else { return [] }
            guard let until = clause.until else {
                return [ClausePeriod(clause: clause, instrument: instrument, from: from, to: to)]
            }
            let changes = until.changes(events: events).filter { from < $0 && $0 < to }
            let edges = Set(changes).union([from, to]).sorted()
            var found: [ClausePeriod] = []
            for (start, end) in zip(edges, edges.dropFirst()) where !until.isOver(at: start, events: events) {
                if let last = found.last, last.to == start {
                    found[found.count - 1].to = end
                } else {
                    found.append(ClausePeriod(clause: clause, instrument: instrument, from: start, to: end))
                }
            }
            return found
        }
    }
}
